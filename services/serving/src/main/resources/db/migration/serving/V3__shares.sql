-- How many requests one of an external deployment's engines answers at once; 0 where unknown.
ALTER TABLE deployment ADD COLUMN concurrent_requests INT NOT NULL DEFAULT 0;

-- How tenants share a model while it is busy: tenant=weight, with a comma in between. A tenant that is not in it weighs 1.
ALTER TABLE model ADD COLUMN tenant_shares MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NULL;
UPDATE model SET tenant_shares = '';
ALTER TABLE model MODIFY COLUMN tenant_shares MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL;
