package ai.exaone.quota.admission;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.writer.WriterError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what was decided: everything that waits goes into one transaction, in the order it was decided, so that many requests share
 * one commit. Thread-safe; one thread of its own writes.
 *
 * <p>After a write whose outcome is not known it writes nothing more and fails whatever waits: memory may then know more than the
 * database, or less.
 */
final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int MOST_WAITING = 20_000;
    private static final int MOST_TOGETHER = 1_000;

    private final JournalStore store;
    private final long epoch;
    private final Consumer<RuntimeException> onFailure;
    private final BlockingQueue<Submission> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean stopped;

    /**
     * @param epoch under which it writes
     * @param onFailure told once, when it stopped because of a failure
     */
    Journal(JournalStore store, long epoch, Consumer<RuntimeException> onFailure) {
        this.store = store;
        this.epoch = epoch;
        this.onFailure = onFailure;
        this.thread =
                Thread.ofPlatform().name("quota-journal-" + epoch).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /**
     * Puts entries in line.
     *
     * @return done when they are stored; fails with REQUEST_ID_REUSED when one is a hold of an id that exists, and with
     *     QUOTA_UNAVAILABLE when it is not known whether they are stored
     */
    CompletableFuture<Void> submit(List<JournalEntry> entries) {
        var submission = new Submission(entries, new CompletableFuture<>());
        waiting.add(submission);
        if (stopped) {
            failWaiting();
        }
        return submission.stored;
    }

    /**
     * @throws PlatformException QUOTA_OVERLOADED while more waits than can be written soon
     */
    void requireRoom() {
        if (waiting.size() >= MOST_WAITING) {
            throw new PlatformException(WriterError.QUOTA_OVERLOADED, "Too many requests wait for admission.");
        }
    }

    /** Stops writing, without waiting for what waits: it fails. */
    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        failWaiting();
    }

    private void run() {
        var batch = new ArrayList<Submission>();
        try {
            while (!stopped) {
                batch.add(waiting.take());
                waiting.drainTo(batch, MOST_TOGETHER - 1);
                write(batch);
                batch.clear();
            }
        } catch (InterruptedException closed) {
            LOG.debug("The journal of epoch {} is closed", epoch);
        } catch (RuntimeException failure) {
            stopped = true;
            batch.forEach(Submission::fail);
            onFailure.accept(failure);
        } finally {
            stopped = true;
            failWaiting();
        }
    }

    private void write(List<Submission> batch) {
        try {
            store.write(epoch, entries(batch));
        } catch (JournalStore.TakenException taken) {
            batch.removeIf(submission -> submission.refuseTaken(taken.requestIds()));
            write(batch);
            return;
        }
        batch.forEach(submission -> submission.stored.complete(null));
    }

    private static List<JournalEntry> entries(List<Submission> batch) {
        return batch.stream().flatMap(submission -> submission.entries.stream()).toList();
    }

    private void failWaiting() {
        for (Submission left = waiting.poll(); left != null; left = waiting.poll()) {
            left.fail();
        }
    }

    private record Submission(List<JournalEntry> entries, CompletableFuture<Void> stored) {

        boolean refuseTaken(Set<String> requestIds) {
            boolean isTaken = entries.stream()
                    .anyMatch(entry -> entry instanceof JournalEntry.Opened opened
                            && requestIds.contains(opened.hold().requestId()));
            if (isTaken) {
                stored.completeExceptionally(new PlatformException(
                        AdmissionError.REQUEST_ID_REUSED, "The request's id belongs to another request."));
            }
            return isTaken;
        }

        void fail() {
            stored.completeExceptionally(new PlatformException(
                    WriterError.QUOTA_UNAVAILABLE, "Quota cannot write just now. Try again in a moment."));
        }
    }
}
