package ai.exaone.quota.admission;

import java.util.concurrent.CompletableFuture;

/** A request that was admitted, while it is remembered. Guarded by its {@link Book}. */
final class HeldRequest {
    final Hold hold;
    /** When it was admitted, on quota's forward-going clock. */
    final long admittedNanos;

    HoldState state;
    Count count;
    /** When it was closed, on the same clock; meaningless while HELD. */
    long closedNanos;
    /** Done when the newest change to it is stored. */
    CompletableFuture<Void> stored = CompletableFuture.completedFuture(null);

    HeldRequest(Hold hold, long admittedNanos, HoldState state, Count count) {
        this.hold = hold;
        this.admittedNanos = admittedNanos;
        this.state = state;
        this.count = count;
        this.closedNanos = admittedNanos;
    }

    /** The cell of {@link MinuteWindow} it was admitted in. */
    long cell() {
        return Moment.cellOf(admittedNanos);
    }
}
