package ai.exaone.gateway.batches;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * How many lines a gateway calls at once, whatever batches they are of. Each other call that runs here takes a place away, so that who
 * waits for an answer goes first; one line goes on in any case. Thread-safe.
 */
final class LinePlaces {
    private final int most;
    private final IntSupplier running;
    private final AtomicInteger taken = new AtomicInteger();

    /**
     * @param running calls that run on the gateway, those of lines included
     */
    LinePlaces(int most, IntSupplier running) {
        this.most = most;
        this.running = running;
    }

    /** Takes a place, if there is one now. */
    boolean take() {
        int others = Math.max(0, running.getAsInt() - taken.get());
        int places = Math.max(1, most - others);
        if (taken.incrementAndGet() > places) {
            taken.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Gives a place back. */
    void leave() {
        taken.decrementAndGet();
    }
}
