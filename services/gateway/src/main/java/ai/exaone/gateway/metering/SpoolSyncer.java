package ai.exaone.gateway.metering;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
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
    private int waiting;
    private boolean closed;

    SpoolSyncer(Duration interval, Sync sync) {
        this.interval = interval;
        this.sync = sync;
        this.thread = Thread.ofPlatform().daemon().name("spool-sync").start(this::run);
    }

    /** Notes that a frame was written, and returns its ticket. Callers order their writes. */
    long written() {
        lock.lock();
        try {
            changed.signalAll();
            return ++written;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the frame of a ticket is on the disk. */
    void await(long ticket) {
        lock.lock();
        try {
            waiting++;
            changed.signalAll();
            while (synced < ticket && !closed) {
                changed.awaitUninterruptibly();
            }
        } finally {
            waiting--;
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
            while (written == synced && !closed) {
                changed.await();
            }
            long left = interval.toNanos();
            while (waiting == 0 && !closed && left > 0) {
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
        } catch (ClosedChannelException rolled) {
            // The segment was full: it was synced when it was closed, and the next round takes the new one.
            LOG.trace("The segment was closed before its sync", rolled);
        } catch (IOException refused) {
            LOG.error("The usage spool cannot be synced to its disk", refused);
            TimeUnit.MILLISECONDS.sleep(interval.toMillis());
            return;
        }
        lock.lock();
        try {
            synced = upTo;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
