-- Console sessions, and the keys that sign internal tokens.

CREATE TABLE console_session (
    token_hash       BINARY(32)                                                    NOT NULL PRIMARY KEY,
    user_id          VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    -- Sealed under the master key.
    refresh_token    BLOB                                                          NOT NULL,
    platform_admin   BOOLEAN                                                       NOT NULL,
    -- When Keycloak last vouched for the session, and until when that holds.
    verified_at      DATETIME(6)                                                   NOT NULL,
    verified_until   DATETIME(6)                                                   NOT NULL,
    created_at       DATETIME(6)                                                   NOT NULL,
    last_used_at     DATETIME(6)                                                   NOT NULL,
    expires_at       DATETIME(6)                                                   NOT NULL,
    KEY console_session_expiry (expires_at),
    CONSTRAINT console_session_person FOREIGN KEY (user_id) REFERENCES person (user_id)
);

CREATE TABLE signing_key (
    generation       BIGINT                                                        NOT NULL PRIMARY KEY,
    key_id           VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin          NOT NULL,
    public_key       BINARY(32)                                                    NOT NULL,
    -- Sealed under the master key.
    private_key      BLOB                                                          NOT NULL,
    created_at       DATETIME(6)                                                   NOT NULL
);
