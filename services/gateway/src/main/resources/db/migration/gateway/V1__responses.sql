-- Responses that callers asked to keep. input: the items of that turn alone, as JSON; response: as it was given out.
CREATE TABLE response (
    response_id VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    tenant_id   VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    project_id  VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    -- The response that it goes on from; NULL where it begins a conversation.
    previous_id VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin   NULL,
    input       LONGBLOB                                               NOT NULL,
    response    LONGBLOB                                               NOT NULL,
    created_at  DATETIME(6)                                            NOT NULL,
    expires_at  DATETIME(6)                                            NOT NULL,
    PRIMARY KEY (response_id),
    KEY response_expiry (expires_at)
) ENGINE = InnoDB;
