-- What identity said of tenants and projects: known also while it is away.

CREATE TABLE tenant_time_zone (
    tenant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    time_zone VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (tenant_id)
) ENGINE = InnoDB;

-- Projects that are gone for good, whose limits were removed with them.
CREATE TABLE deleted_project (
    project_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (project_id)
) ENGINE = InnoDB;
