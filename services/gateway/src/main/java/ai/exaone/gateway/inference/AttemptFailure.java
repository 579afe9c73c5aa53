package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.relay.UpstreamException;
import ai.exaone.gateway.routing.RoutingError;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why one attempt gave no answer. */
final class AttemptFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BAD_GATEWAY = 502;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;

    private enum Kind {
        NO_REPLICA,
        UNREACHABLE,
        OVERLOADED,
        FAILED,
        TIMED_OUT
    }

    private final Kind kind;
    private final boolean ejects;
    private final transient Optional<Duration> retryAfter;

    private AttemptFailure(Kind kind, boolean ejects, Optional<Duration> retryAfter, @Nullable Throwable cause) {
        super(kind.name(), cause);
        this.kind = kind;
        this.ejects = ejects;
        this.retryAfter = retryAfter;
    }

    /** No attempt could be made. */
    static AttemptFailure noReplica() {
        return new AttemptFailure(Kind.NO_REPLICA, false, Optional.empty(), null);
    }

    static AttemptFailure of(UpstreamException failed) {
        return switch (failed.kind()) {
            case UNREACHABLE -> new AttemptFailure(Kind.UNREACHABLE, true, Optional.empty(), failed);
            case BROKEN -> new AttemptFailure(Kind.FAILED, true, Optional.empty(), failed);
            case TIMED_OUT -> new AttemptFailure(Kind.TIMED_OUT, false, Optional.empty(), failed);
        };
    }

    /** The engine answered with a status that says nothing about the request. */
    static AttemptFailure of(int status, Optional<Duration> retryAfter) {
        boolean overloaded = status == TOO_MANY_REQUESTS || status == SERVICE_UNAVAILABLE;
        boolean ejects = status == BAD_GATEWAY || status == SERVICE_UNAVAILABLE || status == GATEWAY_TIMEOUT;
        return new AttemptFailure(
                overloaded ? Kind.OVERLOADED : Kind.FAILED,
                ejects,
                retryAfter,
                new IllegalStateException("The engine answered with status " + status));
    }

    /** The engine began to answer with something that is no answer. */
    static AttemptFailure notAnAnswer(String what) {
        return new AttemptFailure(Kind.FAILED, false, Optional.empty(), new IllegalStateException(what));
    }

    /** Whether another replica may do better. One that took too long leaves no time for it. */
    boolean triesAnother() {
        return kind != Kind.TIMED_OUT;
    }

    /** Whether the replica is to be left alone for a while. */
    boolean ejects() {
        return ejects;
    }

    PlatformException toPlatformException(String model) {
        return switch (kind) {
            case NO_REPLICA, UNREACHABLE, OVERLOADED ->
                PlatformException.because(
                                RoutingError.MODEL_UNAVAILABLE,
                                "The model '" + model + "' has no engine that can answer at the moment.")
                        .retryAfter(retryAfter.orElse(RETRY_AFTER))
                        .cause(this)
                        .build();
            case FAILED ->
                PlatformException.because(
                                InferenceError.ENGINE_FAILED, "The engine of '" + model + "' failed to answer.")
                        .retryAfter(RETRY_AFTER)
                        .cause(this)
                        .build();
            case TIMED_OUT ->
                PlatformException.because(
                                InferenceError.ANSWER_TIMED_OUT,
                                "The engine of '" + model + "' did not answer in time.")
                        .cause(this)
                        .build();
        };
    }
}
