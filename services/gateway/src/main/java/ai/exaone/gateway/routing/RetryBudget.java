package ai.exaone.gateway.routing;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many second attempts may be made: a fifth as many as there are calls, and some saved up. Where engines fail for everybody, asking
 * each one more only makes it worse. Thread-safe.
 */
public final class RetryBudget {
    private static final int COST = 5;
    private static final int MOST = 100 * COST;

    private final AtomicInteger saved = new AtomicInteger(MOST);

    /** A call is made. */
    public void called() {
        if (saved.get() < MOST) {
            saved.incrementAndGet();
        }
    }

    /** Whether one more attempt may be made; it is then spent. */
    public boolean spend() {
        if (saved.addAndGet(-COST) >= 0) {
            return true;
        }
        saved.addAndGet(COST);
        return false;
    }
}
