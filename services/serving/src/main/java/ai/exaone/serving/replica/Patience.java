package ai.exaone.serving.replica;

import java.time.Duration;

/**
 * How long is waited for engines.
 *
 * @param silence how long a process may not answer before it is replaced
 * @param leaving how long an engine out of the routes may take for what it was asked before
 * @param ending how long a process that was told to end may take
 */
public record Patience(Duration silence, Duration leaving, Duration ending) {
    public static final Patience DEFAULT =
            new Patience(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(10));
}
