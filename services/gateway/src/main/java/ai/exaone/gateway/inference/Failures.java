package ai.exaone.gateway.inference;

import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.AuthError;
import ai.exaone.gateway.relay.RelayError;
import ai.exaone.gateway.relay.UpstreamException;
import ai.exaone.gateway.routing.RoutingError;
import ai.exaone.proto.quota.v1.Outcome;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Failures of forwarded calls. */
final class Failures {
    private static final Set<ErrorReason> REFUSALS =
            Set.of(InferenceError.ENGINE_REFUSED_REQUEST, RoutingError.MODEL_QUEUE_FULL, RoutingError.MODEL_BUSY);

    private Failures() {}

    /** An answer broke off within. */
    static PlatformException cut(@Nullable UpstreamException broken) {
        PlatformException.Builder failure =
                PlatformException.because(InferenceError.ANSWER_CUT, "The engine's answer broke off.");
        return broken == null ? failure.build() : failure.cause(broken).build();
    }

    /** An answer that is to be kept is longer than is kept. */
    static PlatformException tooLong(int longest) {
        return new PlatformException(
                InferenceError.ANSWER_TOO_LONG, "The answer is longer than the " + longest + " bytes that are kept.");
    }

    static boolean isCallerGone(PlatformException reason) {
        return reason.reason() == PlatformError.CANCELLED;
    }

    /** A failure in one word. */
    static Outcome outcome(PlatformException reason) {
        if (isCallerGone(reason)) {
            return Outcome.OUTCOME_CLIENT_CLOSED;
        }
        if (REFUSALS.contains(reason.reason())) {
            return Outcome.OUTCOME_REFUSED;
        }
        boolean stoppedByUs =
                reason.reason() == AuthError.KEY_NOT_ACCEPTED || reason.reason() == RelayError.GATEWAY_BUSY;
        return stoppedByUs ? Outcome.OUTCOME_INTERRUPTED : Outcome.OUTCOME_UPSTREAM_FAILED;
    }
}
