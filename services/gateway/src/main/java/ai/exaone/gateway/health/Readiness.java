package ai.exaone.gateway.health;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is waited for before callers may connect: whoever balances between gateways sends calls as soon as a port is open. Where it does not
 * come, the port opens all the same: what can be served without it is.
 */
public final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final long INTERVAL_MILLIS = 20;

    private final BooleanSupplier ready;
    private final Duration patience;

    public Readiness(BooleanSupplier ready, Duration patience) {
        this.ready = ready;
        this.patience = patience;
    }

    /** Returns when it is ready, or patience is at its end. */
    public void await() {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!ready.getAsBoolean()) {
                if (System.nanoTime() - end >= 0) {
                    LOG.warn("Callers are let in although not all that calls need is known yet");
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
