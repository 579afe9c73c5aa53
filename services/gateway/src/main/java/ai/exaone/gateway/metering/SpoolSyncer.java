package ai.exaone.gateway.metering;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes written frames to the disk, many with one {@code fdatasync}: within the interval when nobody waits, at once when someone
 * does. Thread-safe.
 */
final class SpoolSyncer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolSyncer.class);

    /** One {@code fdatasync} of everything written so far. */
    interface Sync {
        void run() throws IOException;
    }

    private final Duration interval;
    private final Sync sync;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private long written;
    private long synced;
    private boolean idle;
    private List<Waiting> waiting = new ArrayList<>();
    private boolean closed;

    private record Waiting(long ticket, CompletableFuture<Void> reached) {}

    SpoolSyncer(Duration interval, Sync sync) {
        this.interval = interval;
        this.sync = sync;
        this.thread = Thread.ofPlatform().daemon().name("spool-sync").start(this::run);
    }

    /** Notes that a frame was written, and returns its ticket. Callers order their writes. */
    long written() {
        lock.lock();
        try {
            if (idle) {
                changed.signalAll();
            }
            return ++written;
        } finally {
            lock.unlock();
        }
    }

    /** Completes when the frame of a ticket is on the disk. */
    CompletionStage<Void> synced(long ticket) {
        lock.lock();
        try {
            if (synced >= ticket || closed) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<Void> reached = new CompletableFuture<>();
            waiting.add(new Waiting(ticket, reached));
            changed.signalAll();
            return reached;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        joinThread();
        letGo();
    }

    private void joinThread() {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (long upTo = next(); upTo >= 0; upTo = next()) {
                syncOnce(upTo);
            }
        } catch (InterruptedException stopped) {
            LOG.debug("The spool's sync thread stops");
        }
    }

    /** The ticket up to which the next sync reaches; negative when closed. */
    private long next() throws InterruptedException {
        lock.lock();
        try {
            idle = true;
            while (written == synced && !closed) {
                changed.await();
            }
            idle = false;
            long left = interval.toNanos();
            while (waiting.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return closed ? -1 : written;
        } finally {
            lock.unlock();
        }
    }

    private void syncOnce(long upTo) throws InterruptedException {
        try {
            sync.run();
        } catch (IOException refused) {
            LOG.error("The usage spool cannot be synced to its disk", refused);
            TimeUnit.MILLISECONDS.sleep(interval.toMillis());
            return;
        }
        reached(upTo);
    }

    private void reached(long upTo) {
        List<Waiting> done = new ArrayList<>();
        lock.lock();
        try {
            synced = upTo;
            List<Waiting> still = new ArrayList<>();
            waiting.forEach(one -> (one.ticket() <= upTo ? done : still).add(one));
            waiting = still;
        } finally {
            lock.unlock();
        }
        done.forEach(one -> one.reached().complete(null));
    }

    /** Who still waits when it is closed is let go: the spool syncs once more itself. */
    private void letGo() {
        List<Waiting> all;
        lock.lock();
        try {
            all = waiting;
            waiting = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        all.forEach(one -> one.reached().complete(null));
    }
}
