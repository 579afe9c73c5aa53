-- The hour of a call, as its day, is decided when it is recorded and is in its row: when the hour of the tenant's clock began, as a moment. Any
-- hour that a call is in does; where the zone is not known any more, it is the hour of UTC.
ALTER TABLE usage_record
    ADD COLUMN usage_hour DATETIME(6) NULL;

UPDATE usage_record
   SET usage_hour = DATE_FORMAT(started_at, '%Y-%m-%d %H:00:00');

ALTER TABLE usage_record
    MODIFY COLUMN usage_hour DATETIME(6) NOT NULL;

-- The same as usage_sum, hour by hour: for whatever is asked for by hours, and for days that a question cuts.
CREATE TABLE usage_hour_sum (
    tenant_id           VARCHAR(40)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    usage_day           DATE                                                   NOT NULL,
    usage_hour          DATETIME(6)                                            NOT NULL,
    project_id          VARCHAR(40)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    key_id              VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    model               VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    agent_id            VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    outcome             VARCHAR(20)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    requests            BIGINT                                                 NOT NULL,
    input_tokens        BIGINT                                                 NOT NULL,
    cached_input_tokens BIGINT                                                 NOT NULL,
    output_tokens       BIGINT                                                 NOT NULL,
    reasoning_tokens    BIGINT                                                 NOT NULL,
    amount_micros       BIGINT                                                 NOT NULL,
    PRIMARY KEY (tenant_id, usage_day, usage_hour, project_id, key_id, model, agent_id, outcome)
) ENGINE = InnoDB;

INSERT INTO usage_hour_sum
SELECT tenant_id, usage_day, usage_hour, project_id, key_id, model, agent_id, outcome,
       COUNT(*),
       SUM(CASE WHEN outcome = 'REFUSED' THEN 0 ELSE input_tokens END),
       SUM(CASE WHEN outcome = 'REFUSED' THEN 0 ELSE cached_input_tokens END),
       SUM(CASE WHEN outcome = 'REFUSED' THEN 0 ELSE output_tokens END),
       SUM(CASE WHEN outcome = 'REFUSED' THEN 0 ELSE reasoning_tokens END),
       SUM(amount_micros)
  FROM usage_record
 GROUP BY tenant_id, usage_day, usage_hour, project_id, key_id, model, agent_id, outcome;

-- Sums lie by day, as they are asked for; statements find theirs by the second index.
ALTER TABLE usage_sum
    DROP PRIMARY KEY,
    DROP KEY usage_sum_day,
    ADD PRIMARY KEY (tenant_id, usage_day, statement_month, project_id, key_id, model, agent_id, outcome, price_id),
    ADD KEY usage_sum_statement (tenant_id, statement_month);
