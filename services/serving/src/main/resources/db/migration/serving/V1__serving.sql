-- The catalogue. curated: still as the platform's own catalogue has it, which a later release may bring up to date.
CREATE TABLE model (
    model_id              VARCHAR(64)   CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    name                  VARCHAR(128)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin        NOT NULL,
    display_name          VARCHAR(120)  CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
    description           VARCHAR(2000) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
    -- Names of capabilities, with a comma in between.
    capabilities          VARCHAR(128)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    context_tokens        INT                                                            NOT NULL,
    default_output_tokens INT                                                            NOT NULL,
    licence               VARCHAR(200)  CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
    -- The tenants that see it, with a comma in between; empty means all.
    tenant_ids            MEDIUMTEXT    CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    built_in              BOOLEAN                                                        NOT NULL,
    -- ON, OFF or NONE; NULL where the engine's profile decides.
    thinking              VARCHAR(8)    CHARACTER SET ascii   COLLATE ascii_bin          NULL,
    curated               BOOLEAN                                                        NOT NULL,
    created_at            DATETIME(6)                                                    NOT NULL,
    PRIMARY KEY (model_id),
    UNIQUE KEY model_name (name)
) ENGINE = InnoDB;

-- What is asked for.
CREATE TABLE deployment (
    deployment_id  VARCHAR(64)   CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    model          VARCHAR(128)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    engine_profile VARCHAR(64)   CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    -- PROCESS or EXTERNAL; the columns of the other are empty.
    launcher       VARCHAR(16)   CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    model_path     VARCHAR(1024) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    threads        INT                                                     NOT NULL,
    context_tokens INT                                                     NOT NULL,
    -- One a line.
    urls           MEDIUMTEXT    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    engine_model   VARCHAR(256)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    -- Encrypted under the master key; NULL where the engines ask for none.
    engine_key     BLOB                                                    NULL,
    replicas       INT                                                     NOT NULL,
    -- RUNNING or STOPPED.
    desired_state  VARCHAR(16)   CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    created_at     DATETIME(6)                                             NOT NULL,
    PRIMARY KEY (deployment_id),
    KEY deployment_model (model, deployment_id),
    CONSTRAINT deployment_of_model FOREIGN KEY (model) REFERENCES model (name)
) ENGINE = InnoDB;

-- What the platform itself has put into the catalogue and deployed, so that it does so once and leaves an admin's changes alone.
CREATE TABLE installed (
    subject      VARCHAR(192) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    -- SHA-256 of what was installed.
    content      BINARY(32)                                             NOT NULL,
    -- The deployment made for it; empty for others.
    resource_id  VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    installed_at DATETIME(6)                                            NOT NULL,
    PRIMARY KEY (subject)
) ENGINE = InnoDB;

-- The present entries of each log. Payloads are encrypted under the master key: routes carry the engines' keys.
CREATE TABLE published_entry (
    log       VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    entry_key VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    revision  BIGINT                                                 NOT NULL,
    payload   MEDIUMBLOB                                             NOT NULL,
    PRIMARY KEY (log, entry_key)
) ENGINE = InnoDB;

CREATE TABLE change_counter (
    log      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    revision BIGINT                                            NOT NULL,
    pruned   BIGINT                                            NOT NULL DEFAULT 0,
    PRIMARY KEY (log)
) ENGINE = InnoDB;

CREATE TABLE change_log (
    log        VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    revision   BIGINT                                                 NOT NULL,
    kind       VARCHAR(8)   CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    entry_key  VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    payload    MEDIUMBLOB                                             NOT NULL,
    created_at DATETIME(6)                                            NOT NULL,
    PRIMARY KEY (log, revision)
) ENGINE = InnoDB;

-- Creates that carried a request id, so that a repeated one returns the first result.
CREATE TABLE creation (
    rpc         VARCHAR(64) CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    request_id  VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    content     BINARY(32)                                            NOT NULL,
    resource_id VARCHAR(64) CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    created_at  DATETIME(6)                                           NOT NULL,
    PRIMARY KEY (rpc, request_id)
) ENGINE = InnoDB;

-- Audit events on their way to identity, written in the transaction of the change.
CREATE TABLE audit_outbox (
    audit_event_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    payload        MEDIUMBLOB                                        NOT NULL,
    created_at     DATETIME(6)                                       NOT NULL,
    PRIMARY KEY (audit_event_id)
) ENGINE = InnoDB;
