package ai.exaone.gateway.idempotency;

import ai.exaone.errors.PlatformException;
import java.time.Duration;

/** What a request with a key is told where it is neither carried out nor answered. */
final class KeyRefusals {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    /** The project's keys are looked at so often. */
    private static final Duration FULL_RETRY_AFTER = Duration.ofMinutes(1);

    private KeyRefusals() {}

    static PlatformException stillRunning(KeyedCall call) {
        return PlatformException.because(
                        IdempotencyError.IDEMPOTENT_CALL_RUNNING,
                        "The idempotency key '" + call.key().value()
                                + "' names a call that still runs: ask again with the same key.")
                .retryAfter(RETRY_AFTER)
                .build();
    }

    static PlatformException unavailable(PlatformException failed) {
        if (failed.reason() instanceof IdempotencyError) {
            return failed;
        }
        return PlatformException.because(
                        IdempotencyError.IDEMPOTENCY_UNAVAILABLE,
                        "What an idempotency key promises cannot be kept at the moment, so nothing was done. Try again.")
                .retryAfter(RETRY_AFTER)
                .cause(failed)
                .build();
    }

    static PlatformException refusal(IdempotencyError reason, KeyedCall call, String why) {
        String key = call.key().value();
        return PlatformException.because(reason, "The idempotency key '" + key + "' " + why)
                .violation("Idempotency-Key", "It names another call.")
                .metadata("idempotency_key", key)
                .build();
    }

    static PlatformException tooMany() {
        return PlatformException.because(
                        IdempotencyError.IDEMPOTENT_RESULTS_TOO_MANY,
                        "As much is kept for idempotency keys of this project as may be. Nothing was done.")
                .retryAfter(FULL_RETRY_AFTER)
                .build();
    }
}
