package ai.exaone.gateway.metering;

import ai.exaone.errors.PlatformException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records calls in the spool. Thread-safe. */
public final class Meter {
    private static final Logger LOG = LoggerFactory.getLogger(Meter.class);

    private final Spool spool;
    private final LongSupplier nanos;
    private final Consumer<EndedCall> observer;
    /** Ends that the disk refused; at most one per call that was running then, since no call begins without the disk. */
    private final Queue<EndedCall> unwritten = new ConcurrentLinkedQueue<>();

    /**
     * @param nanos the monotonic clock on which calls arrive
     * @param observer told of every call that ended, for metrics
     */
    public Meter(Spool spool, LongSupplier nanos, Consumer<EndedCall> observer) {
        this.spool = spool;
        this.nanos = nanos;
        this.observer = observer;
    }

    /**
     * Records that quota is about to be asked for a call. It says nothing of tokens: the call may yet be refused, so that one whose
     * process stops before its first progress is billed for nothing.
     *
     * @throws PlatformException {@link MeteringError#USAGE_NOT_RECORDABLE}: then nothing must be held for it
     */
    public MeteredCall begin(CallStart start) {
        CompletionStage<Void> begun = spool.begin(start.requestId(), out -> RecordWire.start(start, out));
        return new MeteredCall(this, start, begun, nanos);
    }

    /** Records a call that was refused before quota was asked, as far as the disk takes it: nothing is billed. */
    public void refused(CallStart start, CallEnd end) {
        long micros = TimeUnit.NANOSECONDS.toMicros(nanos.getAsLong() - start.arrivedNanos());
        EndedCall refusal = new EndedCall(start, end, "", 0, micros, Optional.empty());
        observer.accept(refusal);
        try {
            append(refusal);
        } catch (PlatformException unwritable) {
            LOG.error("The refusal of {} is not recorded", start.requestId(), unwritable);
        }
    }

    /** Whether calls can be recorded now. */
    public boolean ready() {
        return spool.writable();
    }

    /** Writes the ends that the disk refused before, as far as it takes them now. */
    void retryUnwritten() {
        for (EndedCall call = unwritten.peek(); call != null; call = unwritten.peek()) {
            append(call);
            unwritten.remove(call);
        }
    }

    void progress(String requestId, TokenCounts soFar, Optional<LimitCharge> charge) {
        try {
            spool.append(
                    SpoolEntry.Kind.PROGRESSED, requestId, out -> RecordWire.progress(requestId, soFar, charge, out));
        } catch (PlatformException refused) {
            LOG.error("Progress of {} is not recorded", requestId, refused);
        }
    }

    /** The answer goes on although the disk refuses: the caller is not at fault, and the end is written later. */
    CompletionStage<Void> end(EndedCall call) {
        observer.accept(call);
        try {
            return append(call);
        } catch (PlatformException refused) {
            LOG.error("The end of {} is not recorded yet", call.start().requestId(), refused);
            unwritten.add(call);
            return CompletableFuture.completedFuture(null);
        }
    }

    private CompletionStage<Void> append(EndedCall call) {
        return spool.append(SpoolEntry.Kind.ENDED, call.start().requestId(), out -> RecordWire.end(call, out));
    }
}
