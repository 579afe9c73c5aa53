-- Secrets, the audit log, remembered requests, and what Keycloak has still to be told.

CREATE TABLE secret (
    tenant_id        VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    project_id       VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    name             VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    -- Sealed under the master key, for this tenant, project and name only.
    sealed_value     MEDIUMBLOB                                                    NOT NULL,
    updated_by       VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    created_at       DATETIME(6)                                                   NOT NULL,
    updated_at       DATETIME(6)                                                   NOT NULL,
    PRIMARY KEY (tenant_id, project_id, name),
    CONSTRAINT secret_of_project FOREIGN KEY (project_id) REFERENCES project (project_id)
);

CREATE TABLE audit_event (
    audit_event_id   VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL PRIMARY KEY,
    -- Empty for the installation's own.
    tenant_id        VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    occurred_at      DATETIME(6)                                                   NOT NULL,
    actor            VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    actor_name       VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
    action           VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    target           VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin        NOT NULL,
    -- JSON objects; NULL where there was nothing before or is nothing after.
    values_before    MEDIUMTEXT   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin        NULL,
    values_after     MEDIUMTEXT   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin        NULL,
    request_id       VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin        NOT NULL,
    client_address   VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    KEY audit_event_time (tenant_id, occurred_at, audit_event_id),
    KEY audit_event_target (tenant_id, target, occurred_at, audit_event_id)
);

-- The creations that carried a request id.
CREATE TABLE remembered_request (
    -- Empty where the request names no tenant.
    tenant_id        VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    rpc              VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    request_id       VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin        NOT NULL,
    content_hash     BINARY(32)                                                    NOT NULL,
    resource_id      VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    created_at       DATETIME(6)                                                   NOT NULL,
    PRIMARY KEY (tenant_id, rpc, request_id)
);

-- What in Keycloak may differ from here: a tenant's organization, or one person's membership of it. A row says only
-- that it must be compared; what it must become is read when that is done, so rows may be repeated and reordered.
CREATE TABLE mirror_task (
    tenant_id        VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    -- Empty for the organization itself.
    user_id          VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    -- Raised by every change, so that one made during the comparison is not forgotten.
    version          BIGINT                                                        NOT NULL,
    attempts         INT                                                           NOT NULL,
    due_at           DATETIME(6)                                                   NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    KEY mirror_task_due (due_at)
);
