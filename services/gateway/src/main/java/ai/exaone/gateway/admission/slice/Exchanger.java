package ai.exaone.gateway.admission.slice;

import ai.exaone.errors.PlatformException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has exchanges with quota when they are due, one at a time on a thread of its own: about four a second at most under load, none while
 * nothing is used or held. Thread-safe.
 */
final class Exchanger implements Exchanges, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Exchanger.class);
    private static final long PACE = TimeUnit.MILLISECONDS.toNanos(250);
    /** What was used is reported so soon. */
    private static final long REPORT = TimeUnit.MILLISECONDS.toNanos(500);
    /** What is held is confirmed so often, three times in the term of a slot. */
    private static final long CONFIRM = TimeUnit.MILLISECONDS.toNanos(800);
    /** When load rises all at once, some exchanges may follow on each other faster. */
    private static final long HURRY = TimeUnit.MILLISECONDS.toNanos(25);

    /** One of the faster ones is regained in so much time. */
    private static final int MOST_HURRIED = 4;

    private static final long HURRY_REGAINED = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONGEST_RETRY = TimeUnit.SECONDS.toNanos(1);
    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    private final Conversation conversation;
    private final Thread thread;
    private final long origin = System.nanoTime();
    /** On a clock that begins with this object, so that times can be compared. */
    private final AtomicLong due = new AtomicLong(NEVER);

    private volatile long last = -PACE;
    private volatile int hurried;
    private long regained;
    private volatile boolean closed;

    /**
     * @param conversation makes it from who is to be told that something is due; on the clock of {@code System.nanoTime}
     */
    Exchanger(Function<Exchanges, Conversation> conversation) {
        this.conversation = conversation.apply(this);
        this.thread = Thread.ofPlatform().name("slice-exchange").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Tells quota that what calls used that earlier processes of this gateway admitted is in the ledger. */
    void caughtUp() {
        conversation.caughtUp();
        news(System.nanoTime());
    }

    @Override
    public void speaks(TenantAccounts tenant) {
        conversation.speaks(tenant);
    }

    @Override
    public void news(long now) {
        dueAt(now - origin + REPORT);
    }

    @Override
    public void low(long now) {
        dueAt(Math.max(now - origin, last + PACE));
    }

    @Override
    public void starved(long now) {
        dueAt(Math.max(now - origin, last + (hurried < MOST_HURRIED ? HURRY : PACE)));
    }

    /** Gives back what is not used, if quota can be reached; does not wait for long. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            if (!thread.join(LAST_WORD)) {
                thread.interrupt();
            }
        } catch (InterruptedException hurried) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void dueAt(long time) {
        long before = due.get();
        while (time < before) {
            if (due.compareAndSet(before, time)) {
                LockSupport.unpark(thread);
                return;
            }
            before = due.get();
        }
    }

    private void run() {
        long retry = RETRY;
        while (!closed) {
            long wait = due.get() - now();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
                continue;
            }
            begin();
            try {
                conversation.exchange();
                retry = RETRY;
                if (conversation.isHeld()) {
                    dueAt(now() + CONFIRM);
                }
            } catch (PlatformException failure) {
                if (retry == RETRY) {
                    LOG.warn("Slices cannot be exchanged with quota now; it is tried again", failure);
                }
                due.set(now() + retry);
                retry = Math.min(2 * retry, LONGEST_RETRY);
            } catch (RuntimeException defect) {
                LOG.error("An exchange of slices failed; it goes on", defect);
                dueAt(now() + LONGEST_RETRY);
            }
        }
        leave();
    }

    private void leave() {
        try {
            conversation.leave();
        } catch (PlatformException unheard) {
            LOG.info("What is left of slices could not be given back: it lapses");
        }
    }

    private void begin() {
        due.set(NEVER);
        long now = now();
        if (now - last < PACE) {
            hurried++;
        }
        if (hurried > 0 && now - regained > HURRY_REGAINED) {
            hurried--;
            regained = now;
        }
        last = now;
    }

    private long now() {
        return System.nanoTime() - origin;
    }
}
