package ai.exaone.gateway.batches;

import ai.exaone.gateway.batches.LineDoor.LineAnswer;
import java.time.Duration;
import java.util.Set;

/** Says what an answer means for its line: a result, or another call later. */
final class LineJudge {
    private static final int OK = 200;
    private static final int UNAUTHENTICATED = 401;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int MOST_FAILURES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** Failures of an engine that had the line: it may be the line that breaks the engine, so they are borne only so often. */
    private static final Set<String> OF_ENGINE =
            Set.of("engine_failed", "answer_cut", "answer_timed_out", "internal", "unavailable");

    private LineJudge() {}

    /** What follows. */
    sealed interface Verdict {
        /** This is the line's result. */
        record Result(boolean succeeded) implements Verdict {}

        /** The key is not accepted any more: this is the line's result, and no more lines are called. */
        record KeyRefused() implements Verdict {}

        /**
         * Another call, after a pause.
         *
         * @param failed whether an engine failed
         */
        record Later(boolean failed, Duration pause) implements Verdict {}
    }

    static Verdict judge(BatchLine line, LineAnswer answer) {
        if (answer.status() == OK) {
            return new Verdict.Result(true);
        }
        if (answer.status() == UNAUTHENTICATED) {
            return new Verdict.KeyRefused();
        }
        boolean ofEngine = answer.status() >= FIRST_SERVER_ERROR
                && (answer.status() != UNAVAILABLE || OF_ENGINE.contains(answer.code()));
        if (ofEngine) {
            return line.failures() + 1 < MOST_FAILURES
                    ? new Verdict.Later(true, PAUSE.multipliedBy(1L << line.failures()))
                    : new Verdict.Result(false);
        }
        if (answer.status() == TOO_MANY || answer.status() == UNAVAILABLE) {
            Duration asked = answer.retryAfter().orElse(PAUSE);
            Duration bounded = asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE;
            return new Verdict.Later(false, bounded.compareTo(PAUSE) < 0 ? PAUSE : bounded);
        }
        return new Verdict.Result(false);
    }
}
