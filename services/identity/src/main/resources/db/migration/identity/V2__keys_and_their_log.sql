-- API keys, and the log that gateways follow.

CREATE TABLE api_key (
    key_id           VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL PRIMARY KEY,
    tenant_id        VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    project_id       VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    display_name     VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
    -- HMAC-SHA-256 of the secret part under the installation's pepper.
    secret_hash      BINARY(32)                                                    NOT NULL,
    -- Names separated by commas.
    scopes           VARCHAR(255) CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    -- A JSON array of names.
    models           TEXT         CHARACTER SET utf8mb4 COLLATE utf8mb4_bin        NOT NULL,
    expires_at       DATETIME(6)                                                   NULL,
    created_by       VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    created_at       DATETIME(6)                                                   NOT NULL,
    revoked_at       DATETIME(6)                                                   NULL,
    KEY api_key_project (tenant_id, project_id, key_id),
    CONSTRAINT api_key_of_project FOREIGN KEY (project_id) REFERENCES project (project_id)
);

CREATE TABLE change_counter (
    log              VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL PRIMARY KEY,
    revision         BIGINT                                                        NOT NULL,
    pruned           BIGINT                                                        NOT NULL DEFAULT 0
);

CREATE TABLE change_log (
    log              VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    revision         BIGINT                                                        NOT NULL,
    kind             VARCHAR(8)   CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    entry_key        VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin        NOT NULL,
    payload          MEDIUMBLOB                                                    NOT NULL,
    created_at       DATETIME(6)                                                   NOT NULL,
    PRIMARY KEY (log, revision)
);
