package ai.exaone.ledgerbench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * What some work took.
 *
 * @param cpuSeconds of this process, garbage collection and compilation included
 * @param databaseSeconds processor time of the database
 */
record Costs(double seconds, double cpuSeconds, double databaseSeconds) {
    static final Costs NOTHING = new Costs(0, 0, 0);

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Does something and says what it took. */
    static Costs of(DatabaseProcess database, Runnable work) {
        Costs before = now(database);
        work.run();
        Costs after = now(database);
        return new Costs(
                after.seconds - before.seconds,
                after.cpuSeconds - before.cpuSeconds,
                after.databaseSeconds - before.databaseSeconds);
    }

    Costs plus(Costs more) {
        return new Costs(seconds + more.seconds, cpuSeconds + more.cpuSeconds, databaseSeconds + more.databaseSeconds);
    }

    private static Costs now(DatabaseProcess database) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Costs(System.nanoTime() / NANOS, system.getProcessCpuTime() / NANOS, database.cpuSeconds());
    }
}
