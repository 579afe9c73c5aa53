package ai.exaone.gateway.idempotency;

import java.time.Instant;

/**
 * What is known of the call that a key names.
 *
 * @param requestId of the request that claimed the key
 * @param digest of that request
 */
public record KeptCall(String requestId, String digest, State state) {
    /** How far it came. */
    public sealed interface State {
        /**
         * It runs, or its gateway is gone.
         *
         * @param leaseUntil until when it is known to run
         */
        record Running(Instant leaseUntil) implements State {}

        /** It is over, and this came of it. */
        record Finished(KeptResult result) implements State {}

        /** It was carried out, and what came of it is not known. */
        record Lost() implements State {}
    }
}
