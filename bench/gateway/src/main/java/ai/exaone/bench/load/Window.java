package ai.exaone.bench.load;

import java.util.concurrent.atomic.AtomicLong;

/** The measured time, which is not known before it is over. Read by all event loops, set by the one who measures. */
final class Window {
    private volatile long from = Long.MAX_VALUE;
    private volatile long to = Long.MAX_VALUE;
    private final AtomicLong completed = new AtomicLong();

    void open(long nanos) {
        from = nanos;
    }

    void close(long nanos) {
        to = nanos;
    }

    /** Whether the moment is in it. */
    boolean has(long nanos) {
        return nanos >= from && nanos < to;
    }

    /** Whether it is over at the moment. */
    boolean isOver(long nanos) {
        return nanos >= to;
    }

    void complete() {
        completed.incrementAndGet();
    }

    long completed() {
        return completed.get();
    }
}
