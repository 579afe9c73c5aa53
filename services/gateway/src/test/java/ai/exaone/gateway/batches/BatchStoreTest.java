package ai.exaone.gateway.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.ProjectScope;
import ai.exaone.gateway.files.FileError;
import ai.exaone.gateway.files.FilePurpose;
import ai.exaone.gateway.files.FileShelf;
import ai.exaone.gateway.files.FileStore;
import ai.exaone.gateway.files.MySqlFileStore;
import ai.exaone.gateway.files.StoredFile;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EveryEngine(migrated = "gateway")
class BatchStoreTest {
    private static final ProjectScope SCOPE = new ProjectScope("tnt_1", "prj_1");
    private static final ProjectScope OTHER = new ProjectScope("tnt_1", "prj_2");
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final Instant END = NOW.plus(Duration.ofDays(1));
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration NO_TIME = Duration.ZERO;
    private static final int MOST = 100;

    private final TestDatabase database;
    private final MySqlBatchStore store;
    private final MySqlBatchJournal journal;
    private final FileStore files;

    BatchStoreTest(TestDatabase database) {
        MasterKey key = new MasterKey(new byte[32], new SecureRandom());
        this.database = database;
        this.store = new MySqlBatchStore(database::transactions, key);
        this.journal = new MySqlBatchJournal(database::transactions, key);
        this.files = new MySqlFileStore(database::transactions, key);
    }

    @BeforeEach
    void input() {
        StoredFile file = new StoredFile("file_in", FilePurpose.BATCH, "in.jsonl", 0, NOW, END);
        files.begin(SCOPE, file, END);
        files.ready(SCOPE, file);
    }

    @Test
    void isKeptForItsProjectOnly() {
        Batch batch = insert("batch_a");
        assertThat(store.find(SCOPE, "batch_a")).contains(batch);
        assertThat(store.find(OTHER, "batch_a")).isEmpty();
        assertThat(store.list(OTHER, Optional.empty(), 10)).isEmpty();
        assertThat(store.cancel(OTHER, "batch_a", NOW)).isFalse();
        insert("batch_b");
        assertThat(store.list(SCOPE, Optional.empty(), 10))
                .extracting(Batch::id)
                .containsExactly("batch_b", "batch_a");
        assertThat(store.list(SCOPE, Optional.of("batch_b"), 10))
                .extracting(Batch::id)
                .containsExactly("batch_a");
    }

    @Test
    void isBoundedAndNeedsItsInput() {
        assertThat(catchThrowableOfType(
                                PlatformException.class, () -> store.insert(batch("batch_a", "file_none"), MOST))
                        .reason())
                .isEqualTo(FileError.FILE_NOT_FOUND);
        insert("batch_a");
        assertThat(catchThrowableOfType(PlatformException.class, () -> store.insert(batch("batch_b", "file_in"), 1))
                        .reason())
                .isEqualTo(BatchError.TOO_MANY_BATCHES);
    }

    @Test
    void oneOfTwoGetsTheLease() {
        insert("batch_a");
        Lease waiting = journal.waiting(10).getFirst();
        assertThat(journal.claim(waiting, "one", LONG)).contains(new Lease("batch_a", 1));
        assertThat(journal.claim(waiting, "two", LONG)).isEmpty();
        assertThat(journal.waiting(10)).isEmpty();
    }

    @Test
    void whoeverWasTakenForDeadChangesNothing() {
        Lease dead = begun("batch_a", NO_TIME);
        Lease alive = journal.claim(journal.waiting(10).getFirst(), "two", LONG).orElseThrow();
        LineEnd late = done(1, "{\"by\":\"dead\"}");

        for (Runnable write : List.<Runnable>of(
                () -> journal.record(dead, List.of(late), LONG),
                () -> journal.renew(dead, LONG),
                () -> journal.read(dead),
                () -> journal.removeLines(dead),
                () -> journal.addLines(dead, List.of(BatchLine.fresh(9, 0, 1))),
                () -> journal.endLines(dead, Ending.DONE, NOW),
                () -> journal.fail(dead, "[]", NOW),
                () -> journal.publish(dead, published(), NOW))) {
            assertThatThrownBy(write::run).isInstanceOf(LeaseLostException.class);
        }
        journal.release(dead, NO_TIME);

        assertThat(journal.waiting(10)).isEmpty();
        assertThat(journal.open(alive, 0, 10)).extracting(BatchLine::number).containsExactly(1, 2, 3);
    }

    @Test
    void aLineHasOneResultEver() {
        Lease lease = begun("batch_a", LONG);
        journal.record(lease, List.of(done(1, "{\"n\":1}"), again(2)), LONG);
        journal.record(lease, List.of(done(1, "{\"n\":2}"), again(2), failed(3, "{\"n\":3}")), LONG);

        assertThat(store.find(SCOPE, "batch_a").orElseThrow().counts()).isEqualTo(new Batch.Counts(3, 1, 1));
        assertThat(journal.open(lease, 0, 10)).containsExactly(new BatchLine(2, 10, 10, 1, 1));
        List<BatchJournal.ResultLine> results = journal.results(lease, 0, 1_000_000);
        assertThat(results).extracting(result -> result.line().number()).containsExactly(1, 2, 3);
        assertThat(results.getFirst().end())
                .hasValueSatisfying(end -> assertThat(new String(end.json(), StandardCharsets.UTF_8))
                        .isEqualTo("{\"n\":1}"));
        assertThat(results.get(1).end()).isEmpty();
        assertThat(journal.results(lease, 0, 1)).hasSize(1);
    }

    @Test
    void aPauseKeepsEverybodyAway() {
        Lease lease = begun("batch_a", LONG);
        journal.release(lease, LONG);
        assertThat(journal.waiting(10)).isEmpty();
        assertThat(store.cancel(SCOPE, "batch_a", NOW)).isTrue();
        assertThat(journal.waiting(10)).as("to be cancelled at once").hasSize(1);
    }

    @Test
    void cancellingHoldsUntilTheEnd() {
        Lease lease = begun("batch_a", LONG);
        assertThat(store.cancel(SCOPE, "batch_a", NOW)).isTrue();
        assertThat(journal.renew(lease, LONG)).isEqualTo(BatchStatus.CANCELLING);
        journal.endLines(lease, Ending.DONE, NOW);
        Batch ending = journal.read(lease);
        assertThat(ending.status()).isEqualTo(BatchStatus.CANCELLING);
        assertThat(ending.ending()).contains(Ending.CANCELLED);
        assertThat(store.cancel(SCOPE, "batch_a", NOW)).isFalse();
    }

    @Test
    void itsResultsAreSeenWhenItHasEndedAndForgottenWithIt() {
        Lease lease = begun("batch_a", LONG);
        journal.endLines(lease, Ending.DONE, NOW);
        FileShelf.Writer output = new FileShelf(files, () -> "file_out", Clock.fixed(NOW, ZoneOffset.UTC))
                .begin(SCOPE, FilePurpose.BATCH_OUTPUT, "out.jsonl");
        output.write('x');
        output.complete();
        assertThat(files.find(SCOPE, "file_out", NOW)).isEmpty();

        journal.publish(lease, published(), NOW);

        assertThat(files.find(SCOPE, "file_out", NOW)).hasValueSatisfying(file -> {
            assertThat(file.bytes()).isEqualTo(1);
            assertThat(file.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(30)));
        });
        assertThat(store.find(SCOPE, "batch_a").orElseThrow().outputFileId()).contains("file_out");
        assertThat(journal.waiting(10)).isEmpty();
        while (store.forget(NOW.minusSeconds(1), 2) > 0) {
            continue;
        }
        assertThat(store.find(SCOPE, "batch_a")).isPresent();
        assertThat(store.forget(NOW, 2)).isEqualTo(1);
        assertThat(store.find(SCOPE, "batch_a")).isEmpty();
    }

    @Test
    void isUnreadableInTheDatabase() {
        Lease lease = begun("batch_a", LONG);
        journal.record(lease, List.of(done(1, "{\"secret\":\"plain\"}")), LONG);
        byte[] stored = database.transactions()
                .withHandle(handle -> handle.createQuery("SELECT result FROM batch_line WHERE line = 1")
                        .mapTo(byte[].class)
                        .one());
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("plain");
    }

    private static BatchJournal.Published published() {
        return new BatchJournal.Published(
                BatchStatus.COMPLETED, new Batch.Counts(3, 3, 0), Optional.of("file_out"), Optional.empty());
    }

    private Lease begun(String id, Duration term) {
        insert(id);
        Lease lease = journal.claim(journal.waiting(10).getFirst(), "one", term).orElseThrow();
        journal.addLines(
                lease, List.of(BatchLine.fresh(1, 0, 10), BatchLine.fresh(2, 10, 10), BatchLine.fresh(3, 20, 10)));
        journal.begin(lease, 3, NOW);
        return lease;
    }

    private static LineEnd done(int number, String json) {
        return new LineEnd.Done(BatchLine.fresh(number, 0, 10), true, json.getBytes(StandardCharsets.UTF_8));
    }

    private static LineEnd failed(int number, String json) {
        return new LineEnd.Done(BatchLine.fresh(number, 0, 10), false, json.getBytes(StandardCharsets.UTF_8));
    }

    private static LineEnd again(int number) {
        return new LineEnd.Again(BatchLine.fresh(number, 0, 10), true);
    }

    private Batch insert(String id) {
        Batch batch = batch(id, "file_in");
        store.insert(batch, MOST);
        return batch;
    }

    private static Batch batch(String id, String input) {
        return new Batch(
                id,
                SCOPE,
                "key_1",
                "/v1/chat/completions",
                input,
                "{\"a\":\"b\"}",
                BatchStatus.VALIDATING,
                Optional.empty(),
                Optional.empty(),
                Batch.Counts.NONE,
                Optional.empty(),
                Optional.empty(),
                Duration.ofDays(30),
                new Batch.Times(NOW, END, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }
}
