package ai.exaone.agents.run;

import java.time.Duration;

/**
 * How a worker works.
 *
 * @param name its name in the database and in logs
 * @param runs most runs at once, 1 to 10000
 * @param heartbeat how often it says that it lives
 * @param silence how long a worker may be silent before it is dead; at least three heartbeats
 */
public record WorkerConfig(String name, int runs, Duration heartbeat, Duration silence) {
    public WorkerConfig {
        if (name.isBlank() || name.length() > 64) {
            throw new IllegalArgumentException(
                    "exaone.agents.worker.name must have 1 to 64 characters, unlike '" + name + "'");
        }
        if (runs < 1 || runs > 10_000) {
            throw new IllegalArgumentException("exaone.agents.worker.runs must be 1 to 10000, not " + runs);
        }
        if (!heartbeat.isPositive()) {
            throw new IllegalArgumentException(
                    "exaone.agents.worker.heartbeat must be longer than nothing, such as 1s, not " + heartbeat);
        }
        if (silence.compareTo(heartbeat.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException("exaone.agents.worker.silence must be at least three times"
                    + " exaone.agents.worker.heartbeat (" + heartbeat + "), not " + silence);
        }
    }

    /** A heartbeat each second, dead after five. */
    public static WorkerConfig named(String name) {
        return new WorkerConfig(name, 256, Duration.ofSeconds(1), Duration.ofSeconds(5));
    }
}
