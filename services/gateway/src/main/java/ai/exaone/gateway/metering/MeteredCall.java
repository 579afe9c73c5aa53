package ai.exaone.gateway.metering;

import ai.exaone.proto.quota.v1.UsageRecord;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The record of one call, from its beginning to its one end. For the thread that runs the call. */
public final class MeteredCall {
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Meter meter;
    private final CallStart start;
    private final LongSupplier nanos;
    private String replicaId = "";
    private long firstByteNanos;
    private long progressNanos;
    private boolean ended;

    MeteredCall(Meter meter, CallStart start, LongSupplier nanos) {
        this.meter = meter;
        this.start = start;
        this.nanos = nanos;
        this.progressNanos = nanos.getAsLong();
    }

    /** Notes which replica answers, or was asked last. */
    public void replica(String id) {
        replicaId = id;
    }

    /** Notes that the first byte of the answer goes out now. */
    public void firstByte() {
        if (firstByteNanos == 0) {
            firstByteNanos = Math.max(1, elapsed());
        }
    }

    /** Records what was used so far, at most once a second. */
    public void progress(TokenCounts soFar) {
        long now = nanos.getAsLong();
        if (now - progressNanos >= PROGRESS_NANOS) {
            progressNanos = now;
            meter.progress(tokens(UsageRecord.newBuilder().setRequestId(start.requestId()), soFar)
                    .build());
        }
    }

    /** Records the end; only the first end of a call counts. */
    public void end(CallEnd end) {
        if (ended) {
            return;
        }
        ended = true;
        meter.end(ended(start, end, replicaId, firstByteNanos, elapsed()));
    }

    /** The complete record of a call. */
    static UsageRecord ended(CallStart start, CallEnd end, String replicaId, long firstByteNanos, long elapsedNanos) {
        UsageRecord.Builder usage = start.record()
                .setReplicaId(replicaId)
                .setFirstByteMicros(TimeUnit.NANOSECONDS.toMicros(firstByteNanos))
                .setDurationMicros(TimeUnit.NANOSECONDS.toMicros(elapsedNanos))
                .setOutcome(end.outcome())
                .setStatus(end.status())
                .setReason(end.reason())
                .setDetail(end.detail());
        return tokens(usage, end.tokens()).build();
    }

    /** Whether the end is recorded. */
    public boolean ended() {
        return ended;
    }

    private long elapsed() {
        return nanos.getAsLong() - start.arrivedNanos();
    }

    private static UsageRecord.Builder tokens(UsageRecord.Builder usage, TokenCounts tokens) {
        return usage.setInputTokens(tokens.input())
                .setCachedInputTokens(tokens.cachedInput())
                .setOutputTokens(tokens.output())
                .setReasoningTokens(tokens.reasoning())
                .setEstimated(tokens.estimated());
    }
}
