package ai.exaone.gateway.metering;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The record of one call, from its beginning to its one end. For the thread that runs the call. */
public final class MeteredCall {
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Meter meter;
    private final CallStart start;
    private final CompletionStage<Void> begun;
    private final LongSupplier nanos;
    private String replicaId = "";
    private Optional<LimitCharge> charge = Optional.empty();
    private long firstByteNanos;
    private long progressNanos;
    private boolean ended;

    MeteredCall(Meter meter, CallStart start, CompletionStage<Void> begun, LongSupplier nanos) {
        this.meter = meter;
        this.start = start;
        this.begun = begun;
        this.nanos = nanos;
        this.progressNanos = nanos.getAsLong();
    }

    /** Completes when the beginning is as safe as the spool makes it. */
    public CompletionStage<Void> begun() {
        return begun;
    }

    /** Notes which replica answers, or was asked last. */
    public void replica(String id) {
        replicaId = id;
    }

    /** Notes how it counts in limits by day and month, where this gateway admitted it by itself. */
    public void charge(LimitCharge admitted) {
        charge = Optional.of(admitted);
    }

    /** Notes that the first byte of the answer goes out now. */
    public void firstByte() {
        if (firstByteNanos == 0) {
            firstByteNanos = Math.max(1, elapsed());
        }
    }

    /** Whether it is time to record progress again: a second after the last time. */
    public boolean progressDue(long nowNanos) {
        return nowNanos - progressNanos >= PROGRESS_NANOS;
    }

    /** Records what was used so far. */
    public void progress(TokenCounts soFar, long nowNanos) {
        progressNanos = nowNanos;
        meter.progress(start.requestId(), soFar, charge);
    }

    /**
     * Records the end; only the first end of a call counts.
     *
     * @return completes when it is as safe as the spool makes it
     */
    public CompletionStage<Void> end(CallEnd end) {
        if (ended) {
            return CompletableFuture.completedFuture(null);
        }
        ended = true;
        return meter.end(new EndedCall(
                start,
                end,
                replicaId,
                TimeUnit.NANOSECONDS.toMicros(firstByteNanos),
                TimeUnit.NANOSECONDS.toMicros(elapsed()),
                charge));
    }

    /** Whether the end is recorded. */
    public boolean ended() {
        return ended;
    }

    private long elapsed() {
        return nanos.getAsLong() - start.arrivedNanos();
    }
}
