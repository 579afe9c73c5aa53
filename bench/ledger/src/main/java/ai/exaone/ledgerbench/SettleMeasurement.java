package ai.exaone.ledgerbench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What it costs to settle calls: from the bytes of a stretch to its commit, in turns with the same rows inserted by plain JDBC. What is settled is made
 * beforehand and costs neither.
 */
final class SettleMeasurement {
    private static final int TENANTS = 4;
    private static final int TURNS = 10;
    private static final int WARM_UP_CALLS = 60_000;
    /** At a hundred calls a second. */
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(10);

    private final DatabaseProcess database;
    private final QuotaClient quota;
    private final int stretch;
    private final SpoolMessages spool;
    /** From now on, for which the ledger has its weeks. */
    private Instant time = Instant.now();

    SettleMeasurement(DatabaseProcess database, QuotaClient quota, int stretch, int keys) {
        this.database = database;
        this.quota = quota;
        this.stretch = stretch;
        this.spool = new SpoolMessages(TENANTS, keys, 0);
    }

    /** What both took for so many calls. */
    record Result(int calls, Costs settled, Costs plain) {
        String table() {
            return """
                    |               | calls | a second | by CPU second | CPU µs a call | × plain | database CPU µs a call | × plain |
                    |---------------|------:|---------:|--------------:|--------------:|--------:|-----------------------:|--------:|
                    %s%s""".formatted(row("settles", settled), row("plain inserts", plain));
        }

        private String row(String name, Costs costs) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %.0f | %.0f | %.1f | %.2f | %.1f | %.2f |%n",
                    name,
                    calls,
                    calls / costs.seconds(),
                    calls / costs.cpuSeconds(),
                    costs.cpuSeconds() * 1e6 / calls,
                    costs.cpuSeconds() / plain.cpuSeconds(),
                    costs.databaseSeconds() * 1e6 / calls,
                    costs.databaseSeconds() / plain.databaseSeconds());
        }
    }

    Result run(int calls) {
        var inserts = new MySqlPlainInserts(database.database());
        settle(stretches(WARM_UP_CALLS));
        List<Object[]> warm = inserts.newest(WARM_UP_CALLS / 2);
        inserts.insert(warm, stretch);
        int turn = Math.max(stretch, calls / TURNS / stretch * stretch);
        Costs settled = Costs.NOTHING;
        Costs plain = Costs.NOTHING;
        for (int turns = 0; turns < TURNS; turns++) {
            List<byte[]> stretches = stretches(turn);
            settled = settled.plus(Costs.of(database, () -> settle(stretches)));
            List<Object[]> rows = inserts.newest(turn);
            plain = plain.plus(Costs.of(database, () -> inserts.insert(rows, stretch)));
        }
        return new Result(turn * TURNS, settled, plain);
    }

    /** Where the spool ends that was settled. */
    long position() {
        return spool.position();
    }

    private void settle(List<byte[]> stretches) {
        stretches.forEach(quota::append);
    }

    private List<byte[]> stretches(int calls) {
        return IntStream.range(0, calls / stretch)
                .mapToObj(any -> {
                    Duration within = BETWEEN_CALLS.multipliedBy(stretch);
                    byte[] next = spool.next(stretch, time, within);
                    time = time.plus(within);
                    return next;
                })
                .toList();
    }
}
