package ai.exaone.quota.admission;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes requests that wait until something of a tenant's limits is freed. Thread-safe. */
final class Freed {
    /** When so many requests of a tenant wait already, the next ones are not let wait. */
    private static final int MOST_WAITING = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private long times;
    private int waiting;

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
     * Waits until something is freed, if not too many wait already.
     *
     * @param seen how often something had been, when there was not enough
     * @param nanos how long at most
     * @return how much of that is left; 0 or less when time is up
     */
    long await(long seen, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (waiting >= MOST_WAITING) {
                return 0;
            }
            waiting++;
            try {
                long left = nanos;
                while (times == seen && left > 0) {
                    left = freed.awaitNanos(left);
                }
                return left;
            } finally {
                waiting--;
            }
        } finally {
            lock.unlock();
        }
    }
}
