-- The creations that carried a request id, so that a repeated one returns the first result. Empty tenant: the request names none.
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

INSERT INTO creation (tenant_id, rpc, request_id, content_hash, resource_id, created_at)
SELECT tenant_id, rpc, request_id, LOWER(HEX(content_hash)), resource_id, created_at
  FROM remembered_request;

DROP TABLE remembered_request;
