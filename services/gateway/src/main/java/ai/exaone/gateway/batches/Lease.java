package ai.exaone.gateway.batches;

/**
 * The right to work on a batch. Each time a batch is taken up its epoch rises, and what is written under an older one is refused: so that
 * a worker that was taken for dead, and is not, changes nothing.
 */
record Lease(String batchId, long epoch) {}
