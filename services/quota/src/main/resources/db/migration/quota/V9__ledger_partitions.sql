-- The ledger lies in weeks of its requests' ids: an id says in its first ten characters when it was made, so its week follows from the id alone, and
-- the primary key still keeps a request from being recorded twice. Ids that are no such ids are of day 0.
ALTER TABLE usage_record
    ADD COLUMN request_day INT NULL;

UPDATE usage_record
   SET request_day = CASE
       WHEN request_id REGEXP '^req_[0-9a-hjkmnp-tv-z]{26}$' THEN
           (  (LOCATE(SUBSTR(request_id,  5, 1), '0123456789abcdefghjkmnpqrstvwxyz') - 1) * 35184372088832
            + (LOCATE(SUBSTR(request_id,  6, 1), '0123456789abcdefghjkmnpqrstvwxyz') - 1) * 1099511627776
            + (LOCATE(SUBSTR(request_id,  7, 1), '0123456789abcdefghjkmnpqrstvwxyz') - 1) * 34359738368
            + (LOCATE(SUBSTR(request_id,  8, 1), '0123456789abcdefghjkmnpqrstvwxyz') - 1) * 1073741824
            + (LOCATE(SUBSTR(request_id,  9, 1), '0123456789abcdefghjkmnpqrstvwxyz') - 1) * 33554432
            + (LOCATE(SUBSTR(request_id, 10, 1), '0123456789abcdefghjkmnpqrstvwxyz') - 1) * 1048576
            + (LOCATE(SUBSTR(request_id, 11, 1), '0123456789abcdefghjkmnpqrstvwxyz') - 1) * 32768
            + (LOCATE(SUBSTR(request_id, 12, 1), '0123456789abcdefghjkmnpqrstvwxyz') - 1) * 1024
            + (LOCATE(SUBSTR(request_id, 13, 1), '0123456789abcdefghjkmnpqrstvwxyz') - 1) * 32
            + (LOCATE(SUBSTR(request_id, 14, 1), '0123456789abcdefghjkmnpqrstvwxyz') - 1)) DIV 86400000
       ELSE 0
       END;

ALTER TABLE usage_record
    MODIFY COLUMN request_day INT NOT NULL,
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (request_id, request_day);

-- Weeks begin on Mondays; day 4 is the first since 1970. What is before the first is in it, what is after the last is in `later`; quota makes more
-- weeks ahead of time. Ids of no sensible time make no weeks.
SET @today = DATEDIFF(UTC_DATE(), '1970-01-01');
SET @first = (SELECT GREATEST(COALESCE(MIN(request_day), @today), @today - 1100) FROM usage_record);
SET @first = LEAST(@first, @today) - MOD(LEAST(@first, @today) - 4, 7);
SET SESSION group_concat_max_len = 1000000;
SET @weeks = (
    WITH RECURSIVE week AS (
        SELECT CAST(@first AS SIGNED) AS first_day
        UNION ALL
        SELECT first_day + 7 FROM week WHERE first_day + 7 <= @today + 56)
    SELECT GROUP_CONCAT(
               CONCAT('PARTITION w', DATE_FORMAT(DATE_ADD('1970-01-01', INTERVAL first_day DAY), '%Y%m%d'),
                      ' VALUES LESS THAN (', first_day + 7, ')')
               ORDER BY first_day SEPARATOR ', ')
      FROM week);
SET @partitioning = CONCAT(
    'ALTER TABLE usage_record PARTITION BY RANGE (request_day) (', @weeks, ', PARTITION later VALUES LESS THAN MAXVALUE)');
PREPARE partitioning FROM @partitioning;
EXECUTE partitioning;
DEALLOCATE PREPARE partitioning;

-- One row, once something was pruned. Requests of days before `pruned_before` are not recorded any more, for nobody knows whether they were; from
-- `complete_from` on the ledger has all rows of a usage day.
CREATE TABLE ledger_pruning (
    name          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    pruned_before INT         NOT NULL,
    complete_from DATE        NOT NULL,
    marked_at     DATETIME(6) NOT NULL,
    PRIMARY KEY (name)
) ENGINE = InnoDB;
