package ai.exaone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.MutableClock;
import ai.exaone.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@EveryEngine(migrated = "followed")
class ChangeLogTest {
    private final MutableClock clock = MutableClock.started();
    private final Transactions transactions;
    private final ChangeLog keys;

    ChangeLogTest(TestDatabase database) {
        transactions = database.transactions();
        keys = new ChangeLog(transactions, "keys", clock);
    }

    @Test
    void startsEmpty() {
        assertThat(keys.latest()).isZero();
        assertThat(keys.read(0, 10)).isEqualTo(new ChangeLog.Reading.Changes(List.of()));
    }

    @Test
    void numbersChangesInOrder() {
        assertThat(put("a", "first")).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(put("a", "second")).isEqualTo(2);
        long third = transactions.inTransaction(handle -> keys.delete(handle, "a"));
        assertThat(third).isEqualTo(3);

        assertThat(keys.latest()).isEqualTo(3);
        assertThat(changes(1, 10))
                .containsExactly(
                        new Change(2, Change.Kind.PUT, "a", bytes("second"), clock.instant()),
                        new Change(3, Change.Kind.DELETE, "a", new byte[0], clock.instant()));
    }

    @Test
    void aReadingIsBounded() {
        LongStream.range(0, 5).forEach(number -> put("k" + number, "v"));

        assertThat(changes(0, 2)).extracting(Change::revision).containsExactly(1L, 2L);
        assertThat(changes(2, 2)).extracting(Change::revision).containsExactly(3L, 4L);
        assertThat(changes(4, 2)).extracting(Change::revision).containsExactly(5L);
    }

    @Test
    void logsAreApart() {
        var routes = new ChangeLog(transactions, "routes", clock);
        put("a", "v");

        assertThat(routes.latest()).isZero();
        long first = transactions.inTransaction(handle -> routes.put(handle, "r", bytes("v")));
        assertThat(first).isEqualTo(1);
        assertThat(changes(0, 10)).hasSize(1);
    }

    @Test
    void aChangeThatIsUndoneLeavesNoGap() {
        put("a", "v");
        assertThatThrownBy(() -> transactions.useTransaction(handle -> {
            keys.put(handle, "b", bytes("v"));
            throw new IllegalArgumentException("undo");
        }));
        assertThat(put("c", "v")).isEqualTo(2);

        assertThat(changes(0, 10)).extracting(Change::key).containsExactly("a", "c");
    }

    @Test
    void recordsOnlyWithinATransaction() {
        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.withHandle(handle -> keys.put(handle, "a", bytes("v"))));
    }

    @Test
    void aFollowerOfConcurrentWritersMissesNothing() throws Exception {
        int writers = 4;
        int each = 25;
        var done = new AtomicBoolean();
        List<Long> seen = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> follower = threads.submit(() -> {
                boolean last;
                do {
                    last = done.get();
                    changes(seen.isEmpty() ? 0 : seen.getLast(), 7).forEach(change -> seen.add(change.revision()));
                } while (!last || seen.size() < writers * each);
            });
            List<Future<?>> writing = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                writing.add(threads.submit(() -> LongStream.range(0, each).forEach(number -> put("k", "v"))));
            }
            for (Future<?> future : writing) {
                future.get();
            }
            done.set(true);
            follower.get();
        }

        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, (long) writers * each).boxed().toList());
    }

    @Test
    void whatWasPrunedMustBeReadWhole() {
        LongStream.range(0, 10).forEach(number -> put("k" + number, "v"));

        keys.prune(3);

        assertThat(keys.read(6, 10)).isEqualTo(new ChangeLog.Reading.StartAgain());
        assertThat(changes(7, 10)).extracting(Change::revision).containsExactly(8L, 9L, 10L);
        assertThat(keys.latest()).isEqualTo(10);
        keys.prune(5);
        assertThat(keys.read(6, 10)).isEqualTo(new ChangeLog.Reading.StartAgain());
        assertThat(put("more", "v")).isEqualTo(11);
    }

    @Test
    void prunesMoreThanABatch() {
        transactions.useTransaction(
                handle -> LongStream.range(0, 2_100).forEach(number -> keys.put(handle, "k", bytes("v"))));

        keys.prune(0);

        assertThat(keys.read(2_099, 10)).isEqualTo(new ChangeLog.Reading.StartAgain());
        assertThat(changes(2_100, 10)).isEmpty();
        int left = transactions.withHandle(handle -> handle.createQuery("SELECT count(*) FROM change_log")
                .mapTo(Integer.class)
                .one());
        assertThat(left).isZero();
    }

    @Test
    void aRevisionThatWasNeverGivenOutMustBeReadWhole() {
        put("a", "v");

        assertThat(keys.read(2, 10)).isEqualTo(new ChangeLog.Reading.StartAgain());
    }

    @Test
    void keysDifferByTheirBytes() {
        put("Key", "v");
        put("key ", "v");

        assertThat(changes(0, 10)).extracting(Change::key).containsExactly("Key", "key ");
    }

    private long put(String key, String payload) {
        return transactions.inTransaction(handle -> keys.put(handle, key, bytes(payload)));
    }

    private List<Change> changes(long after, int limit) {
        return switch (keys.read(after, limit)) {
            case ChangeLog.Reading.Changes read -> read.changes();
            case ChangeLog.Reading.StartAgain again ->
                throw new AssertionError("The log cannot continue after " + after);
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
