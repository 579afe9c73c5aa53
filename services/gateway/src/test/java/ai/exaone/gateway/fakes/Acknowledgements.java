package ai.exaone.gateway.fakes;

import ai.exaone.rpc.watch.WatchServer;
import java.time.Duration;

/** That every gateway has what a test has just said, however slow the machine is. */
final class Acknowledgements {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private Acknowledgements() {}

    /** Returns when all that follow a log have applied a revision. */
    static void await(WatchServer watches, String log, long revision) {
        var missing = watches.awaitAcknowledged(log, revision, LONGEST);
        if (!missing.isEmpty()) {
            throw new IllegalStateException(missing + " have not applied revision " + revision + " of " + log);
        }
    }
}
