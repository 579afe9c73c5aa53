package ai.exaone.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drain against ledgers that fail: before storing, after storing, and with another watermark. */
class DrainTest {
    private static final int CALLS = 1_200;

    @TempDir
    private Path directory;

    @Test
    void storesEveryCallOnceInOrderWhateverFails() throws Exception {
        ScriptedLedger ledger = new ScriptedLedger();
        try (Spool spool = Spool.open(SpoolConfig.in(directory, SpoolSync.GROUPED), Clock.systemUTC());
                Drain drain = drain(spool, ledger)) {
            drain.start();
            List<String> ids =
                    IntStream.range(0, CALLS).mapToObj(i -> "req_" + i).toList();
            Meter meter = meter(spool);
            ids.forEach(id -> meter.begin(start(id)).end(CallEnd.completed(TokenCounts.NONE)));

            Awaitility.await().until(() -> ledger.stored().size() == CALLS);
            assertThat(ledger.stored()).extracting(DrainedCall::requestId).isEqualTo(ids);
            // Three stretches at least: the first fails before it is stored, the second after it was.
            assertThat(ledger.failures).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void tellsOnceOfEachCallThatTheLedgerHas() throws Exception {
        NotedRecords noted = new NotedRecords();
        ScriptedLedger ledger = new ScriptedLedger();
        try (Spool spool = Spool.open(SpoolConfig.in(directory, SpoolSync.GROUPED), Clock.systemUTC());
                Drain drain = drain(spool, ledger, noted)) {
            drain.start();
            List<String> ids =
                    IntStream.range(0, CALLS).mapToObj(i -> "req_" + i).toList();
            Meter meter = meter(spool);
            ids.forEach(id -> meter.begin(start(id)).end(CallEnd.completed(TokenCounts.NONE)));

            // Of those too whose storing was not answered.
            Awaitility.await().until(() -> noted.recorded().size() >= CALLS);
            assertThat(noted.recorded()).isEqualTo(ids);
            Awaitility.await().until(() -> noted.timesCaughtUp() == 1);
        }
    }

    @Test
    void isCaughtUpWhenTheLedgerHasAllOfEarlierProcesses() throws Exception {
        ScriptedLedger ledger = new ScriptedLedger();
        try (Spool spool = Spool.open(SpoolConfig.in(directory, SpoolSync.GROUPED), Clock.systemUTC())) {
            meter(spool).begin(start("req_ended")).end(CallEnd.completed(TokenCounts.NONE));
            meter(spool).begin(start("req_running"));
        }
        NotedRecords noted = new NotedRecords();
        try (Spool spool = Spool.open(SpoolConfig.in(directory, SpoolSync.GROUPED), Clock.systemUTC());
                Drain drain = drain(spool, ledger, noted)) {
            meter(spool).begin(start("req_new"));
            assertThat(noted.timesCaughtUp()).isZero();
            drain.start();
            Awaitility.await().until(() -> noted.timesCaughtUp() == 1);
            assertThat(ledger.stored()).extracting(DrainedCall::requestId).contains("req_ended", "req_running");
        }
    }

    @Test
    void goesOnWhereTheLedgerSaysAfterARestart() throws Exception {
        ScriptedLedger ledger = new ScriptedLedger();
        for (int life = 0; life < 3; life++) {
            int before = life;
            try (Spool spool = Spool.open(SpoolConfig.in(directory, SpoolSync.GROUPED), Clock.systemUTC());
                    Drain drain = drain(spool, ledger)) {
                meter(spool).begin(start("req_" + life)).end(CallEnd.completed(TokenCounts.NONE));
                drain.start();
                Awaitility.await().until(() -> ledger.stored().size() == before + 1);
            }
        }
    }

    @Test
    void showsLifeWhileNoCallEnds() throws Exception {
        ScriptedLedger ledger = new ScriptedLedger();
        try (Spool spool = Spool.open(SpoolConfig.in(directory, SpoolSync.GROUPED), Clock.systemUTC());
                Drain drain = drain(spool, ledger)) {
            drain.start();
            Awaitility.await().until(() -> ledger.asked() >= 3);
        }
    }

    private static Drain drain(Spool spool, Ledger ledger) {
        return drain(spool, ledger, new NotedRecords());
    }

    private static Drain drain(Spool spool, Ledger ledger, LedgerFollower follower) {
        return new Drain(spool, meter(spool), ledger, Duration.ofMillis(1), follower);
    }

    private static Meter meter(Spool spool) {
        return new Meter(spool, System::nanoTime, call -> {});
    }

    private static CallStart start(String id) {
        return new CallStart(
                id,
                "tnt",
                "prj",
                "key",
                "key",
                "",
                "",
                "chat",
                "/v1/chat/completions",
                Instant.EPOCH,
                System.nanoTime());
    }

    /** Notes what it is told. */
    private static final class NotedRecords implements LedgerFollower {
        private final List<String> recorded = new ArrayList<>();
        private int caughtUp;

        @Override
        public synchronized void recorded(Collection<DrainedCall> calls) {
            calls.forEach(call -> recorded.add(call.requestId()));
        }

        @Override
        public synchronized void caughtUp() {
            caughtUp++;
        }

        synchronized List<String> recorded() {
            return List.copyOf(recorded);
        }

        synchronized int timesCaughtUp() {
            return caughtUp;
        }
    }

    /** A ledger of which every second call fails: in turn before it stores and after it did. */
    private static final class ScriptedLedger implements Ledger {
        private final List<DrainedCall> stored = new ArrayList<>();
        private SpoolPosition watermark = SpoolPosition.BEGINNING;
        private int calls;
        private int failures;
        private int asked;

        synchronized int asked() {
            return asked;
        }

        synchronized List<DrainedCall> stored() {
            return List.copyOf(stored);
        }

        @Override
        public synchronized SpoolPosition watermark() {
            asked++;
            return watermark;
        }

        @Override
        public synchronized SpoolPosition append(SpoolPosition from, SpoolPosition to, List<DrainedCall> drained) {
            calls++;
            if (calls % 4 == 1) {
                throw failure();
            }
            if (from.equals(watermark)) {
                stored.addAll(drained);
                watermark = to;
            }
            if (calls % 4 == 3) {
                throw failure();
            }
            return watermark;
        }

        private PlatformException failure() {
            failures++;
            return new PlatformException(PlatformError.DEADLINE_EXCEEDED, "The ledger does not answer.");
        }
    }
}
