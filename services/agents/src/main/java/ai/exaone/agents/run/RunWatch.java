package ai.exaone.agents.run;

import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.agents.run.RunFeed.Delta;
import ai.exaone.errors.PlatformException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Follows runs: their entries from the journal, from any sequence on, and the text being made where it is made in this process.
 * Each piece of text comes after the event that it follows and before the next one. Thread-safe.
 */
public final class RunWatch {
    private static final int BATCH = 200;
    /** How late an event of a run in another process is seen. */
    private static final Duration POLL = Duration.ofMillis(250);

    private final RunStore store;
    private final RunFeed feed;

    public RunWatch(RunStore store, RunFeed feed) {
        this.store = store;
        this.feed = feed;
    }

    /** Who follows a run. */
    public interface Watcher {
        void event(JournalEntry entry) throws InterruptedException;

        void delta(Delta delta) throws InterruptedException;

        /** Whether it has left; the watch ends then. */
        boolean gone();
    }

    /**
     * Follows a run until its last event was told, or the watcher left.
     *
     * @param after only events after this sequence
     * @throws PlatformException RUN_NOT_FOUND
     */
    public void follow(ProjectScope scope, RunId id, long after, Watcher watcher) throws InterruptedException {
        require(scope, id);
        try (var subscription = feed.subscribe(id)) {
            long sequence = after;
            while (!watcher.gone()) {
                // Taken before the entries are read: no entry that is read is older than a piece taken.
                Queue<Delta> deltas = new ArrayDeque<>(subscription.take());
                List<JournalEntry> entries = store.entries(scope.tenantId(), id, sequence, BATCH);
                for (JournalEntry entry : entries) {
                    tellBefore(entry.sequence(), deltas, watcher);
                    watcher.event(entry);
                    sequence = entry.sequence();
                    if (entry.event() instanceof RunEvent.Ending) {
                        return;
                    }
                }
                tellBefore(Long.MAX_VALUE, deltas, watcher);
                if (entries.isEmpty() && ended(scope, id, sequence)) {
                    return;
                }
                if (entries.size() < BATCH) {
                    subscription.await(sequence, POLL);
                }
            }
        }
    }

    private static void tellBefore(long sequence, Queue<Delta> deltas, Watcher watcher) throws InterruptedException {
        while (!deltas.isEmpty() && deltas.element().sequence() < sequence) {
            watcher.delta(deltas.remove());
        }
    }

    /** Whether there is nothing left to tell: the watcher began behind the end. */
    private boolean ended(ProjectScope scope, RunId id, long sequence) {
        Run run = require(scope, id);
        return run.ending().isPresent() && run.lastSequence() <= sequence;
    }

    private Run require(ProjectScope scope, RunId id) {
        return store.find(scope, id).orElseThrow(Runs::missing);
    }
}
