package ai.exaone.agents.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;

/**
 * Tells watchers in this process that something happened to a run. It carries no entries: those are read from the journal, which
 * also serves watchers in other processes. Text being made is carried here and nowhere else. Thread-safe.
 */
public final class RunFeed {
    private static final int DELTAS = 1_024;

    private final Map<RunId, CopyOnWriteArraySet<Subscription>> subscriptions = new ConcurrentHashMap<>();

    /**
     * A piece of text being made.
     *
     * @param sequence of the event before it
     * @param step the step that makes it
     * @param offset how many characters of the step's text were made before it: shows what a watcher missed
     */
    public record Delta(long sequence, int step, int offset, String content) {}

    /** Begins to listen to a run; closing ends that. */
    public Subscription subscribe(RunId run) {
        var subscription = new Subscription(run);
        subscriptions.compute(run, (id, all) -> {
            var set = all == null ? new CopyOnWriteArraySet<Subscription>() : all;
            set.add(subscription);
            return set;
        });
        return subscription;
    }

    void appended(RunId run, long sequence) {
        for (Subscription subscription : listening(run)) {
            subscription.appended(sequence);
        }
    }

    void delta(RunId run, Delta delta) {
        for (Subscription subscription : listening(run)) {
            subscription.delta(delta);
        }
    }

    private Iterable<Subscription> listening(RunId run) {
        var found = subscriptions.get(run);
        return found == null ? List.of() : found;
    }

    /** One watcher's ear. Deltas that it does not take in time are dropped, the oldest first: they are for those who watch. */
    public final class Subscription implements AutoCloseable {
        private final RunId run;
        private final ArrayDeque<Delta> deltas = new ArrayDeque<>();
        private long newest;
        private boolean closed;

        private Subscription(RunId run) {
            this.run = run;
        }

        /** Waits until there are deltas, or an event after this sequence, or this long has passed. */
        public synchronized void await(long sequence, Duration atMost) throws InterruptedException {
            long end = System.nanoTime() + atMost.toNanos();
            while (deltas.isEmpty() && newest <= sequence && !closed) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }

        /** Takes the deltas that came since the last time. */
        public synchronized List<Delta> take() {
            var taken = new ArrayList<>(deltas);
            deltas.clear();
            return taken;
        }

        private synchronized void appended(long sequence) {
            newest = Math.max(newest, sequence);
            notifyAll();
        }

        private synchronized void delta(Delta delta) {
            if (deltas.size() == DELTAS) {
                deltas.removeFirst();
            }
            deltas.addLast(delta);
            notifyAll();
        }

        /** Ends a wait from outside. */
        public synchronized void wake() {
            closed = true;
            notifyAll();
        }

        @Override
        public void close() {
            wake();
            subscriptions.computeIfPresent(run, (id, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }
}
