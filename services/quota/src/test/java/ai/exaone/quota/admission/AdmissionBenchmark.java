package ai.exaone.quota.admission;

import ai.exaone.quota.limit.LimitKind;
import ai.exaone.testing.TestDatabase;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests admitted and settled a second, and this process's CPU for each, beside what the bare database commits in the same run.
 * Arguments: callers at once, seconds a phase.
 */
public final class AdmissionBenchmark {
    private static final long LIMIT = 1_000_000_000_000L;

    private AdmissionBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int callers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64;
        Duration phase = Duration.ofSeconds(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5);
        try (TestDatabase database = TestDatabase.migrated("quota");
                QuotaUnderTest quota = QuotaUnderTest.start(database.transactions(), QuotaTime.started())) {
            quota.price(10, 1, 30);
            for (LimitKind kind : LimitKind.values()) {
                quota.limit(kind, LIMIT);
            }
            database.transactions().withHandle(handle -> handle.execute("CREATE TABLE bare (id BIGINT PRIMARY KEY)"));
            var ids = new AtomicLong();
            Runnable commit = () -> database.transactions()
                    .useTransaction(handle -> handle.execute("INSERT INTO bare VALUES (?)", ids.incrementAndGet()));
            Runnable admission = () -> quota.settle(quota.admit(500, 500), 400, 300);
            measure("warm-up", callers, phase, admission);
            measure("bare commits, one caller", 1, phase, commit);
            measure("bare commits", callers, phase, commit);
            measure("admit and settle, one caller", 1, phase, admission);
            measure("admit and settle", callers, phase, admission);
        }
    }

    private static void measure(String name, int callers, Duration phase, Runnable work) throws Exception {
        Instant end = Instant.now().plus(phase);
        long before = cpuNanos();
        long began = System.nanoTime();
        long done = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                counts.add(threads.submit(() -> {
                    long count = 0;
                    while (Instant.now().isBefore(end)) {
                        work.run();
                        count++;
                    }
                    return count;
                }));
            }
            for (Future<Long> count : counts) {
                done += count.get();
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpuMicros = (cpuNanos() - before) / 1e3 / done;
        System.out.printf(
                "%-30s %3d callers %8.0f a second %8.1f us CPU of this process each%n",
                name, callers, done / seconds, cpuMicros);
    }

    private static long cpuNanos() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime();
    }
}
