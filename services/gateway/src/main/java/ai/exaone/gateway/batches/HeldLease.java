package ai.exaone.gateway.batches;

import ai.exaone.errors.PlatformException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease as its worker holds it: renewed now and then, and known to be over when it was not renewed in time. For one thread. */
final class HeldLease {
    private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);

    private final BatchJournal journal;
    private final Lease lease;
    private final Duration term;
    private final LongSupplier nanos;
    private final long interval;
    private long renewedNanos;
    private BatchStatus status;

    /**
     * @param takenNanos when the lease was asked for, on the monotonic clock
     * @param status how the batch stands
     */
    HeldLease(
            BatchJournal journal, Lease lease, Duration term, LongSupplier nanos, long takenNanos, BatchStatus status) {
        this.journal = journal;
        this.lease = lease;
        this.term = term;
        this.nanos = nanos;
        this.interval = Math.min(term.toNanos() / 3, LONGEST_INTERVAL.toNanos());
        this.renewedNanos = takenNanos;
        this.status = status;
    }

    Lease lease() {
        return lease;
    }

    /** How the batch stood when that was last asked. */
    BatchStatus status() {
        return status;
    }

    /** Whether it is time to renew it. */
    boolean isDue() {
        return nanos.getAsLong() - renewedNanos >= interval;
    }

    /** Renews it when it is time to. */
    void keep() {
        if (isDue()) {
            record(List.of());
        }
    }

    /**
     * Writes what calls came to, and renews the lease.
     *
     * @return whether it is written; where not, it is to be tried again
     * @throws LeaseLostException also where the database was away for so long that the lease is over
     */
    boolean record(List<LineEnd> ends) {
        long asked = nanos.getAsLong();
        try {
            status = journal.record(lease, ends, term);
            renewedNanos = asked;
            return true;
        } catch (PlatformException unavailable) {
            LOG.warn("What was done of {} is not written yet", lease.batchId(), unavailable);
            if (nanos.getAsLong() - renewedNanos >= term.toNanos()) {
                throw new LeaseLostException(lease);
            }
            return false;
        }
    }
}
