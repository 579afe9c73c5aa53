package ai.exaone.quota.admission;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes requests that wait until something of a tenant's limits is freed. Thread-safe. */
final class Freed {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private long times;

    /** How often something was freed. */
    long times() {
        lock.lock();
        try {
            return times;
        } finally {
            lock.unlock();
        }
    }

    /** What one request had is free: enough for one, and if it was enough, that one says so again. */
    void some() {
        lock.lock();
        try {
            times++;
            freed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Anything may be free. */
    void any() {
        lock.lock();
        try {
            times++;
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something is freed.
     *
     * @param seen how often something had been, when there was not enough
     * @param nanos how long at most
     * @return how much of that is left
     */
    long await(long seen, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (times == seen && left > 0) {
                left = freed.awaitNanos(left);
            }
            return left;
        } finally {
            lock.unlock();
        }
    }
}
