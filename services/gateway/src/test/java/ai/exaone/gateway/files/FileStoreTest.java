package ai.exaone.gateway.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.ProjectScope;
import ai.exaone.store.crypto.MasterKey;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

@EveryEngine(migrated = "gateway")
class FileStoreTest {
    private static final ProjectScope SCOPE = new ProjectScope("tnt_1", "prj_1");
    private static final List<ProjectScope> OTHERS =
            List.of(new ProjectScope("tnt_1", "prj_2"), new ProjectScope("tnt_2", "prj_1"));
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final Instant END = NOW.plus(Duration.ofDays(30));
    private static final FilePage ALL = new FilePage(Optional.empty(), 10, true);

    private final TestDatabase database;
    private final FileStore store;
    private final FileShelf shelf;
    private String nextId = "";

    FileStoreTest(TestDatabase database) {
        MasterKey key = new MasterKey(new byte[32], new SecureRandom());
        this.database = database;
        this.store = new MySqlFileStore(database::transactions, key);
        this.shelf = new FileShelf(store, () -> nextId, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void keepsAFileInChunksForItsProjectOnly() {
        byte[] content = new byte[2 * FileShelf.CHUNK + 100];
        new Random(1).nextBytes(content);
        StoredFile file = write("file_a", content);

        assertThat(store.find(SCOPE, "file_a", NOW)).contains(file);
        assertThat(shelf.read("file_a").read(0, content.length)).isEqualTo(content);
        assertThat(shelf.read("file_a").read(FileShelf.CHUNK - 1, 3))
                .containsExactly(content[FileShelf.CHUNK - 1], content[FileShelf.CHUNK], content[FileShelf.CHUNK + 1]);
        for (ProjectScope other : OTHERS) {
            assertThat(store.find(other, "file_a", NOW)).isEmpty();
            assertThat(store.list(other, Optional.empty(), ALL, NOW)).isEmpty();
            assertThat(store.delete(other, "file_a", NOW)).isFalse();
        }
        assertThat(store.bytesOf(SCOPE, NOW)).isEqualTo(content.length);
    }

    @Test
    void nobodySeesWhatIsNotReadyYetOrHasExpired() {
        FileShelf.Writer writer = begin("file_a");
        writer.write(new byte[] {1});
        assertThat(store.find(SCOPE, "file_a", NOW)).isEmpty();
        writer.complete();
        assertThat(store.find(SCOPE, "file_a", NOW)).isEmpty();
        write("file_b", new byte[] {1});
        assertThat(store.find(SCOPE, "file_b", END)).isEmpty();
    }

    @Test
    void listsInOrderAndByPages() {
        write("file_a", new byte[0]);
        write("file_b", new byte[0]);
        write("file_c", new byte[0]);

        assertThat(ids(new FilePage(Optional.empty(), 10, true))).containsExactly("file_c", "file_b", "file_a");
        assertThat(ids(new FilePage(Optional.of("file_b"), 10, true))).containsExactly("file_a");
        assertThat(ids(new FilePage(Optional.of("file_a"), 10, false))).containsExactly("file_b", "file_c");
        assertThat(store.list(SCOPE, Optional.of(FilePurpose.BATCH_OUTPUT), ALL, NOW))
                .isEmpty();
    }

    @Test
    void isUnreadableInTheDatabase() {
        write("file_a", "a very plain text".getBytes(StandardCharsets.UTF_8));
        byte[] stored = database.transactions()
                .withHandle(handle -> handle.createQuery("SELECT content FROM file_chunk")
                        .mapTo(byte[].class)
                        .one());
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("plain");
    }

    @Test
    void isNotDeletedWhileABatchReadsItAndRemovedBitByBitAfterwards() {
        write("file_a", new byte[3 * FileShelf.CHUNK]);
        batch("file_a");
        assertThat(catchThrowableOfType(PlatformException.class, () -> store.delete(SCOPE, "file_a", NOW))
                        .reason())
                .isEqualTo(FileError.FILE_IN_USE);
        assertThat(store.forget(END, 10)).isZero();

        database.transactions().withHandle(handle -> handle.execute("UPDATE batch SET ended_at = UTC_TIMESTAMP(6)"));
        assertThat(store.delete(SCOPE, "file_a", NOW)).isTrue();
        assertThat(store.delete(SCOPE, "file_a", NOW)).isFalse();
        assertThat(store.find(SCOPE, "file_a", NOW)).isEmpty();
        while (store.forget(NOW, 2) >= 2) {
            continue;
        }
        assertThat(shelf.read("file_a"))
                .satisfies(gone -> assertThat(catchThrowableOfType(PlatformException.class, () -> gone.read(0, 1))
                                .reason())
                        .isEqualTo(FileError.FILE_NOT_FOUND));
    }

    private StoredFile write(String id, byte[] content) {
        try (FileShelf.Writer writer = begin(id)) {
            writer.write(content);
            return writer.ready("in.jsonl", FilePurpose.BATCH, Duration.between(NOW, END));
        }
    }

    private FileShelf.Writer begin(String id) {
        nextId = id;
        return shelf.begin(SCOPE, FilePurpose.BATCH, "");
    }

    private List<String> ids(FilePage page) {
        return store.list(SCOPE, Optional.empty(), page, NOW).stream()
                .map(StoredFile::id)
                .toList();
    }

    private void batch(String input) {
        database.transactions().withHandle(handle -> handle.execute("""
                        INSERT INTO batch (
                            batch_id, tenant_id, project_id, key_id, endpoint, input_file_id, metadata, status, total, completed,
                            failed, output_seconds, created_at, expires_at, epoch, worker, lease_until, resume_at)
                        VALUES ('batch_a', 'tnt_1', 'prj_1', 'key_1', '/v1/x', ?, '', 'VALIDATING', 0, 0,
                            0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), 0, '', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
                        """, input));
    }
}
