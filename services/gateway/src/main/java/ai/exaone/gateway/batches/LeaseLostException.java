package ai.exaone.gateway.batches;

/** Somebody else works on the batch by now, or nobody may any more: nothing was written. */
final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(Lease lease) {
        super("The lease of " + lease.batchId() + " in epoch " + lease.epoch() + " is lost");
    }
}
