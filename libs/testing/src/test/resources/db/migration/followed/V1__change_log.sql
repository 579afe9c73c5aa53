CREATE TABLE change_counter (
    log        VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    revision   BIGINT      NOT NULL,
    pruned     BIGINT      NOT NULL DEFAULT 0
);

CREATE TABLE change_log (
    log         VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
    revision    BIGINT                                                 NOT NULL,
    kind        VARCHAR(8)   CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
    entry_key   VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    payload     MEDIUMBLOB                                             NOT NULL,
    created_at  DATETIME(6)                                            NOT NULL,
    PRIMARY KEY (log, revision)
);
