-- Agents, their drafts, releases and deployments; runs and their journal; workers.

CREATE TABLE agent (
    tenant_id           VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    project_id          VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    agent_id            VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name                VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- The name while the agent exists, NULL once it is deleted: names are unique among the living.
    live_name           VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    description         TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    deployed_release_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    deployment_number   INT NOT NULL,
    created_by          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at          DATETIME(6) NOT NULL,
    updated_at          DATETIME(6) NOT NULL,
    PRIMARY KEY (agent_id),
    UNIQUE KEY agent_name (tenant_id, project_id, live_name)
) ENGINE = InnoDB;

CREATE TABLE agent_draft (
    tenant_id     VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    agent_id      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    specification MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    digest        CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    updated_by    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    updated_at    DATETIME(6) NOT NULL,
    PRIMARY KEY (agent_id),
    CONSTRAINT draft_agent FOREIGN KEY (agent_id) REFERENCES agent (agent_id)
) ENGINE = InnoDB;

-- Immutable: rows are inserted and read, never changed.
CREATE TABLE agent_release (
    tenant_id     VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    agent_id      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    release_id    VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number        INT NOT NULL,
    specification MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    digest        CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    note          VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    created_by    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at    DATETIME(6) NOT NULL,
    PRIMARY KEY (release_id),
    UNIQUE KEY release_number (agent_id, number),
    UNIQUE KEY release_digest (agent_id, digest),
    CONSTRAINT release_agent FOREIGN KEY (agent_id) REFERENCES agent (agent_id)
) ENGINE = InnoDB;

-- Which release calls went to, and which deployment a rollback returns to. Rows are never changed.
CREATE TABLE agent_deployment (
    tenant_id   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    agent_id    VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number      INT NOT NULL,
    release_id  VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- The deployment before this one in the chain of rollbacks; 0 for the first.
    previous    INT NOT NULL,
    deployed_by VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    deployed_at DATETIME(6) NOT NULL,
    PRIMARY KEY (agent_id, number),
    CONSTRAINT deployment_release FOREIGN KEY (release_id) REFERENCES agent_release (release_id)
) ENGINE = InnoDB;

-- What a create with a request id made, so that a repeated one returns it.
CREATE TABLE creation_request (
    tenant_id   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    rpc         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    request_id  VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    fingerprint CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    resource_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at  DATETIME(6) NOT NULL,
    PRIMARY KEY (tenant_id, rpc, request_id)
) ENGINE = InnoDB;

-- Specifications that runs began with: a draft may change under a run, its specification does not.
CREATE TABLE run_specification (
    tenant_id     VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    digest        CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    specification MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (tenant_id, digest)
) ENGINE = InnoDB;

-- One row per start of a worker. Its epoch fences: only the epoch a run is leased to may append to its journal.
CREATE TABLE worker (
    epoch      BIGINT NOT NULL AUTO_INCREMENT,
    name       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    started_at DATETIME(6) NOT NULL,
    seen_at    DATETIME(6) NOT NULL,
    ended_at   DATETIME(6) NULL,
    PRIMARY KEY (epoch),
    KEY worker_alive (ended_at, seen_at)
) ENGINE = InnoDB;

CREATE TABLE run (
    tenant_id            VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    project_id           VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    run_id               VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    agent_id             VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    agent_name           VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    release_id           VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    specification_digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    owner                VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    principal            VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    depth                INT NOT NULL,
    phase                VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    last_sequence        BIGINT NOT NULL,
    steps                INT NOT NULL,
    input_tokens         BIGINT NOT NULL,
    output_tokens        BIGINT NOT NULL,
    -- The last event as JSON, once the run has ended.
    ending               MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    cancelled_by         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    -- The epoch of the worker that has it; 0 while it waits for one; NULL once it has ended.
    lease_epoch          BIGINT NULL,
    created_at           DATETIME(6) NOT NULL,
    ended_at             DATETIME(6) NULL,
    PRIMARY KEY (run_id),
    KEY run_lease (lease_epoch, created_at),
    KEY run_project (tenant_id, project_id, run_id),
    KEY run_agent (tenant_id, project_id, agent_id, run_id)
) ENGINE = InnoDB;

CREATE TABLE run_event (
    tenant_id  VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    run_id     VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sequence   BIGINT NOT NULL,
    event      MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    created_at DATETIME(6) NOT NULL,
    PRIMARY KEY (run_id, sequence),
    CONSTRAINT event_run FOREIGN KEY (run_id) REFERENCES run (run_id)
) ENGINE = InnoDB;

-- Audit events on their way to identity, written in the transaction of the change.
CREATE TABLE audit_outbox (
    audit_event_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    payload        MEDIUMBLOB NOT NULL,
    created_at     DATETIME(6) NOT NULL,
    PRIMARY KEY (audit_event_id)
) ENGINE = InnoDB;
