package ai.exaone.standalone.supervisor;

import java.time.Duration;

/**
 * How long to wait before a part is started again: twice as long after each end, up to a minute; from the beginning once it
 * had served for ten seconds, so that a part which works and is killed is soon back, however often. Not safe for use by
 * several threads.
 */
final class RestartBackoff {
    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofMinutes(1);
    static final Duration STABLE = Duration.ofSeconds(10);

    private Duration next = FIRST;

    /**
     * The wait after an end.
     *
     * @param served how long it had been ready
     */
    Duration afterServing(Duration served) {
        if (served.compareTo(STABLE) >= 0) {
            next = FIRST;
        }
        var wait = next;
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
