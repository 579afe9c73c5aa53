package ai.exaone.gateway.idempotency;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How long somebody waits: until told that it is of no use any more. Thread-safe. */
public final class Patience {
    private final CountDownLatch lost = new CountDownLatch(1);

    /** Ends the waiting. */
    public void lose() {
        lost.countDown();
    }

    /** Whether the waiting was ended. */
    public boolean isLost() {
        return lost.getCount() == 0;
    }

    /**
     * Waits.
     *
     * @return whether it is of use to wait on
     */
    boolean bears(Duration pause) {
        try {
            return !lost.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
