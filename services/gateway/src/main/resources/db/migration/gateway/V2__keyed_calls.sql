-- Calls that came with an idempotency key, and what they were answered. A row without a result is of a call that runs, or of one that
-- was given up: then its lease is over.
CREATE TABLE keyed_call (
    tenant_id       VARCHAR(64)   CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    project_id      VARCHAR(64)   CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    -- Who called: a key, a person or a run.
    subject         VARCHAR(64)   CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    idempotency_key VARCHAR(255)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    -- SHA-256 of what was asked, in hexadecimal digits.
    digest          CHAR(64)      CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    -- Of the request that is carried out.
    request_id      VARCHAR(64)   CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    -- RUNNING, FINISHED (the result is here) or LOST (it was carried out, and what came of it is not here).
    state           VARCHAR(16)   CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    -- Until when a call that runs is known to run.
    lease_until     DATETIME(6)                                             NOT NULL,
    expires_at      DATETIME(6)                                             NOT NULL,
    status          INT                                                     NULL,
    media_type      VARCHAR(128)  CHARACTER SET ascii   COLLATE ascii_bin   NULL,
    -- Lines of "name: value".
    headers         VARCHAR(1024) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    -- Encrypted under the installation's master key.
    body            LONGBLOB                                                NULL,
    -- Of the body as it was given out.
    body_bytes      BIGINT                                                  NOT NULL,
    PRIMARY KEY (tenant_id, project_id, subject, idempotency_key),
    KEY keyed_call_expiry (expires_at),
    KEY keyed_call_size (tenant_id, project_id, body_bytes)
) ENGINE = InnoDB;
