-- Exchanges of slices with gateways, as they came and were answered (exaone.quota.internal.v1.ExchangeSlices…): what was used by slices in the
-- last minute and what is granted now is read from them. Kept for as long as closed holds are remembered.
CREATE TABLE slice_exchange (
    run_id       VARCHAR(40) CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    sequence     BIGINT                                                NOT NULL,
    gateway_id   VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    said         MEDIUMBLOB                                            NOT NULL,
    granted      MEDIUMBLOB                                            NOT NULL,
    exchanged_at DATETIME(6)                                           NOT NULL,
    PRIMARY KEY (run_id, sequence),
    KEY slice_exchange_age (exchanged_at)
) ENGINE = InnoDB;

-- The log of limits that gateways follow.
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
