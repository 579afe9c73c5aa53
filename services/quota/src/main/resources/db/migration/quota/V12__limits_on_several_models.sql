-- Several models may share a limit: then model is empty and their names are in models, one a line, in order. Names together are too long for a key.
ALTER TABLE usage_limit
    ADD COLUMN models        VARCHAR(4200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    ADD COLUMN models_digest VARCHAR(64)   CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL DEFAULT '',
    DROP KEY usage_limit_subject,
    ADD UNIQUE KEY usage_limit_subject (tenant_id, project_id, key_id, model, models_digest, kind, enforcement);
