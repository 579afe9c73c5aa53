package ai.exaone.identity.lock;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Lets work on the same key happen one after another within this process. Different keys seldom wait for each other. */
public final class KeyedLocks {
    private static final int LOCKS = 64;

    private final ReentrantLock[] locks =
            IntStream.range(0, LOCKS).mapToObj(number -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    /** Does the work when nobody else works on the key. */
    public <T> T holding(Object key, Supplier<T> work) {
        ReentrantLock lock = locks[Math.floorMod(key.hashCode(), LOCKS)];
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
