-- A limit may be higher for a time. What was raised last stays in the row when it is over; NULL where nothing was, or it was ended before its time.
ALTER TABLE usage_limit
    ADD COLUMN raise_amount BIGINT                                                  NULL,
    ADD COLUMN raise_until  DATETIME(6)                                             NULL,
    ADD COLUMN raise_reason VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin  NULL,
    ADD COLUMN raised_by    VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin    NULL,
    ADD COLUMN raised_at    DATETIME(6)                                             NULL;
