-- A limit in shadow refuses nothing and may stand beside one that is enforced.
ALTER TABLE usage_limit
    ADD COLUMN enforcement VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'ENFORCED',
    DROP KEY usage_limit_subject,
    ADD UNIQUE KEY usage_limit_subject (tenant_id, project_id, key_id, model, kind, enforcement);

-- What limits in shadow would have refused, by the tenant's days. Written in the transaction that stores the calls in the ledger. The amount is
-- in the limit's unit.
CREATE TABLE shadow_refusal (
    limit_id  VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    usage_day DATE                                              NOT NULL,
    tenant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    requests  BIGINT                                            NOT NULL,
    amount    BIGINT                                            NOT NULL,
    PRIMARY KEY (limit_id, usage_day),
    KEY shadow_refusal_day (usage_day)
) ENGINE = InnoDB;
