-- Limits may be on an agent. What was held and used before this was not kept by agents, and counts in none.
ALTER TABLE usage_limit
    ADD COLUMN agent_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    DROP KEY usage_limit_subject,
    ADD UNIQUE KEY usage_limit_subject (tenant_id, project_id, key_id, agent_id, model, models_digest, kind, enforcement);

ALTER TABLE hold
    ADD COLUMN agent_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

ALTER TABLE day_usage
    ADD COLUMN agent_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (tenant_id, usage_day, project_id, key_id, agent_id, model);
