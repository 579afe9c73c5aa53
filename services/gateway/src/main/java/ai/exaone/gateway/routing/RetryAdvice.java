package ai.exaone.gateway.routing;

import ai.exaone.errors.PlatformException;
import java.time.Duration;

/** What those are told for whom a busy model has no place: when to come again. */
final class RetryAdvice {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** They are refused together and are not to come back together. */
    private static final double SPREAD = 0.5;

    private final RoutingParts parts;

    RetryAdvice(RoutingParts parts) {
        this.parts = parts;
    }

    /**
     * The queue is full, and the caller's part of it too.
     *
     * @param wait how long a call would wait that came last in the line, in nanoseconds with one place
     */
    PlatformException full(String model, double wait, int places) {
        return PlatformException.because(
                        RoutingError.MODEL_QUEUE_FULL,
                        "The model '" + model + "' is busy, and too many of your calls wait for it already.")
                .retryAfter(delay(wait, places))
                .build();
    }

    /** A call has waited for as long as calls may. */
    PlatformException busy(String model, double wait, int places) {
        return PlatformException.because(
                        RoutingError.MODEL_BUSY,
                        "The model '" + model + "' is busy: there was no place for the call in time.")
                .retryAfter(delay(wait, places))
                .build();
    }

    private Duration delay(double wait, int places) {
        double nanos = wait / Math.max(1, places) * (1 + SPREAD * parts.random().nextDouble());
        return Duration.ofNanos((long) Math.clamp(nanos, SHORTEST.toNanos(), LONGEST.toNanos()));
    }
}
