-- Creates that carried a request id, so that a repeated one returns the first result.
CREATE TABLE creation (
    tenant_id    VARCHAR(64) CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    rpc          VARCHAR(64) CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    request_id   VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    content_hash CHAR(64)    CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    resource_id  VARCHAR(64) CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    created_at   DATETIME(6)                                           NOT NULL,
    PRIMARY KEY (tenant_id, rpc, request_id),
    KEY creation_age (created_at)
) ENGINE = InnoDB;

-- What is hashed has changed: a request that is repeated across this migration is refused as another one, and makes nothing twice.
INSERT INTO creation (tenant_id, rpc, request_id, content_hash, resource_id, created_at)
SELECT tenant_id, CONCAT(rpc, 'Request'), request_id, fingerprint, resource_id, created_at
  FROM creation_request;

DROP TABLE creation_request;
