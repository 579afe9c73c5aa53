package ai.exaone.gateway.inference;

import ai.exaone.gateway.relay.client.Reception;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How the gateway stops without anybody's call failing: it says that it is no longer ready, goes on for a while so that balancers hear of it,
 * takes no more connections, serves those that stand until they are done, and says goodbye to those that stand idle. Calls are refused when
 * nobody is there to call any more.
 */
public final class OrderlyEnd {
    /** Connections that callers keep open get as long to bring their next request, whose answer then ends them. */
    private static final Duration LINGER = Duration.ofMillis(250);

    private final Reception reception;
    private final ActiveCalls calls;
    private final Duration delay;
    private final Duration patience;

    /**
     * @param delay between not being ready and taking no more connections
     * @param patience how long calls may then go on
     */
    public OrderlyEnd(Reception reception, ActiveCalls calls, Duration delay, Duration patience) {
        this.reception = reception;
        this.calls = calls;
        this.delay = delay;
        this.patience = patience;
    }

    /** Returns when no call runs any more. */
    public void run() {
        reception.announceEnd();
        if (!delay.isZero()) {
            await(() -> false, delay);
        }
        reception.closeSockets();
        await(this::isIdle, patience);
        if (reception.connections() > 0) {
            await(() -> false, LINGER);
            await(this::isEmpty, patience);
        }
        calls.close();
    }

    private boolean isIdle() {
        return reception.exchanges() == 0 && calls.count() == 0;
    }

    /** Also of connections: whoever reused one just before it was closed is served first. */
    private boolean isEmpty() {
        reception.closeIdle();
        return reception.connections() == 0 && isIdle();
    }

    private static void await(BooleanSupplier condition, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
