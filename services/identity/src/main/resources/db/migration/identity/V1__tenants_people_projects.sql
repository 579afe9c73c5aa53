-- Tenants, people, who is a member of what, and projects.

CREATE TABLE tenant (
    tenant_id        VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL PRIMARY KEY,
    name             VARCHAR(40)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    display_name     VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
    time_zone        VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    state            VARCHAR(16)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    created_at       DATETIME(6)                                                   NOT NULL,
    UNIQUE KEY tenant_name (name)
);

-- A person, or the account of a program, as Keycloak knows it by its subject.
CREATE TABLE person (
    user_id          VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL PRIMARY KEY,
    subject          VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    kind             VARCHAR(16)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    email            VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin        NOT NULL,
    display_name     VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
    created_at       DATETIME(6)                                                   NOT NULL,
    -- When Keycloak last vouched for the person as a platform admin; NULL once it no longer does.
    platform_admin_at DATETIME(6)                                                  NULL,
    UNIQUE KEY person_subject (subject),
    KEY person_email (email)
);

CREATE TABLE membership (
    tenant_id        VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    user_id          VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    role             VARCHAR(16)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    joined_at        DATETIME(6)                                                   NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    KEY membership_user (user_id),
    CONSTRAINT membership_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
    CONSTRAINT membership_person FOREIGN KEY (user_id) REFERENCES person (user_id)
);

CREATE TABLE invitation (
    invitation_id    VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL PRIMARY KEY,
    tenant_id        VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    email            VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin        NOT NULL,
    role             VARCHAR(16)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    token_hash       BINARY(32)                                                    NOT NULL,
    invited_by       VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    created_at       DATETIME(6)                                                   NOT NULL,
    expires_at       DATETIME(6)                                                   NOT NULL,
    -- When it was accepted or withdrawn; NULL while it is open.
    closed_at        DATETIME(6)                                                   NULL,
    UNIQUE KEY invitation_token (token_hash),
    KEY invitation_open (tenant_id, closed_at, invitation_id),
    CONSTRAINT invitation_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);

-- An account that a tenant's invitation made in Keycloak and whose owner has not signed in yet: that tenant may give it
-- a new first password. Written before Keycloak is asked, so that a crash in between leaves nothing unexplained.
CREATE TABLE new_account (
    email            VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin        NOT NULL PRIMARY KEY,
    tenant_id        VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    created_at       DATETIME(6)                                                   NOT NULL
);

CREATE TABLE project (
    project_id       VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL PRIMARY KEY,
    tenant_id        VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    name             VARCHAR(40)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    -- The name while the project lives; NULL frees it for another.
    living_name      VARCHAR(40)  CHARACTER SET ascii   COLLATE ascii_bin          NULL,
    display_name     VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
    created_at       DATETIME(6)                                                   NOT NULL,
    UNIQUE KEY project_name (tenant_id, living_name),
    CONSTRAINT project_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);
