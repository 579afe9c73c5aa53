-- Files that callers uploaded or that batches made. What is in them is encrypted, in chunks of one size but for the last.
CREATE TABLE file (
    file_id    VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    tenant_id  VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    project_id VARCHAR(64)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    purpose    VARCHAR(32)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    filename   VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    bytes      BIGINT                                                 NOT NULL,
    -- PENDING while it is written, READY, or DELETED until its chunks are removed.
    state      VARCHAR(8)   CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    created_at DATETIME(6)                                            NOT NULL,
    expires_at DATETIME(6)                                            NOT NULL,
    PRIMARY KEY (file_id),
    KEY file_project (tenant_id, project_id, state, file_id),
    KEY file_expiry (expires_at)
) ENGINE = InnoDB;

CREATE TABLE file_chunk (
    file_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number  INT                                               NOT NULL,
    content MEDIUMBLOB                                        NOT NULL,
    PRIMARY KEY (file_id, number)
) ENGINE = InnoDB;

CREATE TABLE batch (
    batch_id       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    tenant_id      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    project_id     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- Whose rights its lines have: asked for again as it goes on.
    key_id         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    endpoint       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    input_file_id  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- Encrypted JSON.
    metadata       BLOB                                              NOT NULL,
    status         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- What becomes of lines that are not done, from the moment when no more of them are begun.
    ending         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    -- Encrypted JSON: what is wrong with the input of a batch that failed.
    errors         MEDIUMBLOB                                        NULL,
    total          INT                                               NOT NULL,
    completed      INT                                               NOT NULL,
    failed         INT                                               NOT NULL,
    output_file_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    error_file_id  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    output_seconds BIGINT                                            NOT NULL,
    created_at     DATETIME(6)                                       NOT NULL,
    expires_at     DATETIME(6)                                       NOT NULL,
    in_progress_at DATETIME(6)                                       NULL,
    finalizing_at  DATETIME(6)                                       NULL,
    cancelling_at  DATETIME(6)                                       NULL,
    ended_at       DATETIME(6)                                       NULL,
    -- Who works on it: the epoch counts the workers, and only the newest may write. Both times are the database's own.
    epoch          BIGINT                                            NOT NULL,
    worker         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    lease_until    DATETIME(6)                                       NOT NULL,
    resume_at      DATETIME(6)                                       NOT NULL,
    PRIMARY KEY (batch_id),
    KEY batch_project (tenant_id, project_id, batch_id),
    KEY batch_work (ended_at, resume_at),
    KEY batch_input (input_file_id)
) ENGINE = InnoDB;

-- The lines of a batch's input, until the batch has ended. A line has one result, ever: it is written where there is none.
CREATE TABLE batch_line (
    batch_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    line     INT                                               NOT NULL,
    position BIGINT                                            NOT NULL,
    length   INT                                               NOT NULL,
    -- How often it was refused or failed in vain: part of the name under which the next call is metered.
    attempt  INT                                               NOT NULL,
    failures INT                                               NOT NULL,
    -- SUCCEEDED or FAILED; NULL while it is open.
    outcome  VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
    -- Encrypted JSON: the line of the output.
    result   LONGBLOB                                          NULL,
    PRIMARY KEY (batch_id, line),
    KEY batch_line_open (batch_id, outcome, line)
) ENGINE = InnoDB;
