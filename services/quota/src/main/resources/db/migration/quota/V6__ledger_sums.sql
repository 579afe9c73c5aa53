-- What a call is counted under is decided once, when it is recorded, and never changes afterwards: its day in the tenant's time zone of then, the
-- statement that bills it (that of its month, or of the first month that was still open), and the spool that it came by. Calls from before count in
-- Asia/Seoul, where days began for every tenant whose zone was not told.
ALTER TABLE usage_record
    ADD COLUMN usage_day       DATE NULL,
    ADD COLUMN statement_month DATE NULL,
    ADD COLUMN gateway_id      VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    ADD COLUMN recorded_at     DATETIME(6) NULL;

UPDATE usage_record
   SET usage_day       = DATE(DATE_ADD(started_at, INTERVAL 9 HOUR)),
       statement_month = DATE_FORMAT(DATE_ADD(started_at, INTERVAL 9 HOUR), '%Y-%m-01'),
       gateway_id      = '',
       recorded_at     = started_at;

ALTER TABLE usage_record
    MODIFY COLUMN usage_day       DATE NOT NULL,
    MODIFY COLUMN statement_month DATE NOT NULL,
    MODIFY COLUMN gateway_id      VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    MODIFY COLUMN recorded_at     DATETIME(6) NOT NULL,
    ADD KEY usage_record_gateway (gateway_id, recorded_at);

-- Sums of the ledger's rows by everything that is asked for, written in the transaction that stores the rows. Nothing is here that cannot be
-- derived from them again.
CREATE TABLE usage_sum (
    tenant_id           VARCHAR(40)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    statement_month     DATE                                                   NOT NULL,
    usage_day           DATE                                                   NOT NULL,
    project_id          VARCHAR(40)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    key_id              VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    model               VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    agent_id            VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    outcome             VARCHAR(20)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    price_id            VARCHAR(40)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    requests            BIGINT                                                 NOT NULL,
    input_tokens        BIGINT                                                 NOT NULL,
    cached_input_tokens BIGINT                                                 NOT NULL,
    output_tokens       BIGINT                                                 NOT NULL,
    reasoning_tokens    BIGINT                                                 NOT NULL,
    amount_micros       BIGINT                                                 NOT NULL,
    PRIMARY KEY (tenant_id, statement_month, usage_day, project_id, key_id, model, agent_id, outcome, price_id),
    KEY usage_sum_day (tenant_id, usage_day)
) ENGINE = InnoDB;

INSERT INTO usage_sum
SELECT tenant_id, statement_month, usage_day, project_id, key_id, model, agent_id, outcome, price_id,
       COUNT(*),
       SUM(CASE WHEN outcome = 'REFUSED' THEN 0 ELSE input_tokens END),
       SUM(CASE WHEN outcome = 'REFUSED' THEN 0 ELSE cached_input_tokens END),
       SUM(CASE WHEN outcome = 'REFUSED' THEN 0 ELSE output_tokens END),
       SUM(CASE WHEN outcome = 'REFUSED' THEN 0 ELSE reasoning_tokens END),
       SUM(amount_micros)
  FROM usage_record
 GROUP BY tenant_id, statement_month, usage_day, project_id, key_id, model, agent_id, outcome, price_id;

-- How many calls each gateway's spool brought in each hour, and up to where it was read then: what the ledger must hold of it.
CREATE TABLE drain_hour (
    gateway_id VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    hour_start DATETIME(6) NOT NULL,
    records    BIGINT NOT NULL,
    segment    BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    PRIMARY KEY (gateway_id, hour_start)
) ENGINE = InnoDB;

-- Calls from before came by no gateway that is known; here is only up to where the spools were read.
INSERT INTO drain_hour (gateway_id, hour_start, records, segment, position)
SELECT gateway_id, DATE_FORMAT(updated_at, '%Y-%m-%d %H:00:00'), 0, segment, position
  FROM drain_watermark;

-- Months whose statement is final. All months up to a tenant's last one here are closed.
CREATE TABLE statement_closing (
    tenant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    month     DATE NOT NULL,
    time_zone VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    closed_at DATETIME(6) NOT NULL,
    PRIMARY KEY (tenant_id, month)
) ENGINE = InnoDB;

-- What a closed statement says, copied when it was closed.
CREATE TABLE statement_line (
    tenant_id           VARCHAR(40)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    statement_month     DATE                                                   NOT NULL,
    usage_month         DATE                                                   NOT NULL,
    project_id          VARCHAR(40)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    model               VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    price_id            VARCHAR(40)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    requests            BIGINT                                                 NOT NULL,
    refused_requests    BIGINT                                                 NOT NULL,
    input_tokens        BIGINT                                                 NOT NULL,
    cached_input_tokens BIGINT                                                 NOT NULL,
    output_tokens       BIGINT                                                 NOT NULL,
    reasoning_tokens    BIGINT                                                 NOT NULL,
    amount_micros       BIGINT                                                 NOT NULL,
    PRIMARY KEY (tenant_id, statement_month, usage_month, project_id, model, price_id)
) ENGINE = InnoDB;

-- Where the ledger and what is derived from it were found to differ. Tenant or gateway is empty where it does not apply.
CREATE TABLE ledger_difference (
    difference_id VARCHAR(40) CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    kind          VARCHAR(20) CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    tenant_id     VARCHAR(40) CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    gateway_id    VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    period_start  DATETIME(6) NOT NULL,
    measure       VARCHAR(32) CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    ledger_value  BIGINT      NOT NULL,
    derived_value BIGINT      NOT NULL,
    units         BIGINT      NOT NULL,
    first_seen_at DATETIME(6) NOT NULL,
    last_seen_at  DATETIME(6) NOT NULL,
    resolved_at   DATETIME(6) NULL,
    PRIMARY KEY (difference_id),
    UNIQUE KEY ledger_difference_subject (kind, tenant_id, gateway_id, period_start, measure)
) ENGINE = InnoDB;

-- One row: when the ledger was last compared, and where to go on.
CREATE TABLE reconciliation (
    name           VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    turned_at      DATETIME(6) NOT NULL,
    compared_days  BIGINT      NOT NULL,
    compared_calls BIGINT      NOT NULL,
    recent_after   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    walk_tenant    VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    walk_day       DATE        NULL,
    walked_at      DATETIME(6) NULL,
    PRIMARY KEY (name)
) ENGINE = InnoDB;
