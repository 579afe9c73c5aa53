package ai.exaone.gateway.warmup;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warms the way of a call: some callers on threads of their own call as often as they can, for a bounded number of times and a bounded
 * time. What goes wrong costs the warmth and nothing else.
 */
public final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int CALLERS = 2;
    /** Beyond these another call makes the next one hardly faster. */
    private static final int MOST_CALLS = 4_000;

    private final Preparer preparer;
    private final Duration longest;

    /** Makes a way. */
    public interface Preparer {
        /** A new way, that nobody else knows of. */
        WarmPath prepare() throws IOException;
    }

    /**
     * @param longest how long it may take; nothing is done where that is nothing
     */
    public WarmUp(Preparer preparer, Duration longest) {
        this.preparer = preparer;
        this.longest = longest;
    }

    /** Returns when it is done, fails or is interrupted, or its time is over: what is not done then ends by itself. Throws nothing. */
    public void run() {
        if (!longest.isPositive()) {
            return;
        }
        Round round = new Round(System.nanoTime() + longest.toNanos());
        Thread warming = Thread.ofPlatform().daemon().name("warm-up").start(() -> warm(round));
        try {
            warming.join(longest);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void warm(Round round) {
        try (WarmPath path = preparer.prepare()) {
            round.run(path);
        } catch (IOException | RuntimeException failure) {
            round.failed(failure);
        }
        Exception failure = round.failure.get();
        if (failure == null) {
            LOG.info("Warmed up by {} calls", round.answered);
        } else {
            LOG.warn("Could not warm up after {} calls: the first callers will wait longer", round.answered, failure);
        }
    }

    /** The calls of one warm-up. */
    private static final class Round {
        private final long end;
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger answered = new AtomicInteger();
        private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

        Round(long end) {
            this.end = end;
        }

        void run(WarmPath path) {
            Thread[] threads = new Thread[CALLERS];
            for (int i = 0; i < threads.length; i++) {
                threads[i] =
                        Thread.ofPlatform().daemon().name("warm-up-caller-" + i).start(() -> call(path));
            }
            try {
                for (Thread thread : threads) {
                    thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            } finally {
                // A call that is under way finds its connection closed with the way.
                begun.set(MOST_CALLS);
            }
        }

        private void call(WarmPath path) {
            try (WarmCaller caller = path.caller()) {
                for (int call = begun.getAndIncrement();
                        call < MOST_CALLS && isTime();
                        call = begun.getAndIncrement()) {
                    caller.call(call);
                    answered.incrementAndGet();
                }
            } catch (IOException | RuntimeException broken) {
                if (isTime()) {
                    failed(broken);
                }
            }
        }

        private boolean isTime() {
            return System.nanoTime() - end < 0;
        }

        void failed(Exception reason) {
            failure.compareAndSet(null, reason);
        }
    }
}
