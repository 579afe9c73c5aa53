package ai.exaone.gateway.batches;

import java.util.Locale;

/** Where a batch stands. Names are stored, and in lower case they are OpenAI's. */
enum BatchStatus {
    VALIDATING,
    /** Its input is wrong: nothing was called. */
    FAILED,
    IN_PROGRESS,
    /** No more lines are begun, and the results are written. */
    FINALIZING,
    COMPLETED,
    /** Its time was over before all of it was done. */
    EXPIRED,
    /** The caller wants no more of it: what runs comes to its end, and the results are written. */
    CANCELLING,
    CANCELLED;

    /** As callers are told. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more happens to it. */
    boolean isEnd() {
        return switch (this) {
            case FAILED, COMPLETED, EXPIRED, CANCELLED -> true;
            case VALIDATING, IN_PROGRESS, FINALIZING, CANCELLING -> false;
        };
    }
}
