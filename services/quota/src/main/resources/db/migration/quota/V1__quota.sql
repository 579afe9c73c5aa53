-- The one active writer: who claims raises the epoch, and every write of admission checks that its epoch is still the newest.
CREATE TABLE writer_epoch (
    writer VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    epoch  BIGINT NOT NULL,
    owner  VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (writer)
) ENGINE = InnoDB;

-- Empty project, key or model: the limit is on the whole tenant, on the whole project, for all models together.
CREATE TABLE usage_limit (
    limit_id   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    tenant_id  VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    project_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    key_id     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    model      VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    kind       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount     BIGINT NOT NULL,
    updated_by VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    PRIMARY KEY (limit_id),
    UNIQUE KEY usage_limit_subject (tenant_id, project_id, key_id, model, kind)
) ENGINE = InnoDB;

-- Prices are added, never changed. Amounts are micro-KRW per token.
CREATE TABLE price (
    price_id            VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    model               VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    input_micros        BIGINT NOT NULL,
    cached_input_micros BIGINT NOT NULL,
    output_micros       BIGINT NOT NULL,
    effective_at        DATETIME(6) NOT NULL,
    created_by          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at          DATETIME(6) NOT NULL,
    PRIMARY KEY (price_id),
    UNIQUE KEY price_moment (model, effective_at)
) ENGINE = InnoDB;

-- One row per admitted request, written before the answer. usage_day is the day of admission in quota's zone.
-- HELD -> SETTLED (the gateway told) | SWEPT (the gateway is gone, held in full) -> RECORDED (the ledger has it).
CREATE TABLE hold (
    request_id  VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    tenant_id   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    project_id  VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    key_id      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    model       VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    gateway_id  VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    price_id    VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    slots       INT NOT NULL,
    held_tokens BIGINT NOT NULL,
    held_micros BIGINT NOT NULL,
    state       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    used_tokens BIGINT NOT NULL,
    used_micros BIGINT NOT NULL,
    usage_day   DATE NOT NULL,
    admitted_at DATETIME(6) NOT NULL,
    closed_at   DATETIME(6) NULL,
    PRIMARY KEY (request_id),
    KEY hold_state (state, closed_at)
) ENGINE = InnoDB;

-- What is used, holds left out: the sums that day and month limits start from. Written in the transaction that closes a hold.
CREATE TABLE day_usage (
    tenant_id  VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    usage_day  DATE NOT NULL,
    project_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    key_id     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    model      VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    tokens     BIGINT NOT NULL,
    micros     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, usage_day, project_id, key_id, model),
    KEY day_usage_day (usage_day)
) ENGINE = InnoDB;

-- The ledger: one row per call, never changed.
CREATE TABLE usage_record (
    request_id          VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    tenant_id           VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    project_id          VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    key_id              VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject             VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    agent_id            VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    run_id              VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    model               VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    replica_id          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    path                VARCHAR(256) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    started_at          DATETIME(6) NOT NULL,
    first_byte_micros   BIGINT NOT NULL,
    duration_micros     BIGINT NOT NULL,
    input_tokens        BIGINT NOT NULL,
    cached_input_tokens BIGINT NOT NULL,
    output_tokens       BIGINT NOT NULL,
    reasoning_tokens    BIGINT NOT NULL,
    estimated           BOOLEAN NOT NULL,
    outcome             VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    status              INT NOT NULL,
    reason              VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    detail              VARCHAR(1024) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    price_id            VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount_micros       BIGINT NOT NULL,
    PRIMARY KEY (request_id),
    KEY usage_record_tenant (tenant_id, started_at, request_id),
    KEY usage_record_project (tenant_id, project_id, started_at, request_id),
    KEY usage_record_key (tenant_id, key_id, started_at, request_id),
    KEY usage_record_run (tenant_id, run_id, started_at, request_id)
) ENGINE = InnoDB;

-- Up to where each gateway's spool is in the ledger; moved in the transaction that stores the records.
CREATE TABLE drain_watermark (
    gateway_id VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    segment    BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    PRIMARY KEY (gateway_id)
) ENGINE = InnoDB;

-- Creates that carried a request id, so that a repeated one returns the first result. Empty tenant: the installation's own.
CREATE TABLE creation (
    tenant_id   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    rpc         VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    request_id  VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    content     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    resource_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at  DATETIME(6) NOT NULL,
    PRIMARY KEY (tenant_id, rpc, request_id)
) ENGINE = InnoDB;

-- Audit events on their way to identity, written in the transaction of the change.
CREATE TABLE audit_outbox (
    audit_event_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    payload        MEDIUMBLOB NOT NULL,
    created_at     DATETIME(6) NOT NULL,
    PRIMARY KEY (audit_event_id)
) ENGINE = InnoDB;
