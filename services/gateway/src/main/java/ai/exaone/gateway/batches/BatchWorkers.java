package ai.exaone.gateway.batches;

import ai.exaone.errors.PlatformException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches up that nobody works on, and works on several of them at once, until it is closed. Each gateway has one; whichever is
 * first has the batch. Thread-safe.
 */
public final class BatchWorkers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchWorkers.class);
    private static final int MOST_BATCHES = 8;
    private static final Duration CLOSING = Duration.ofSeconds(10);
    /** After a failure that is none of the batch's own, such as a database that is away. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final BatchJournal journal;
    private final BatchWork work;
    private final String worker;
    private final Duration term;
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final BooleanSupplier ending;
    private volatile boolean closing;
    private volatile boolean away;

    /**
     * @param worker the gateway's name, for whoever looks at the database
     * @param term of leases
     * @param ending whether the gateway is about to stop: it begins no more lines then
     */
    public BatchWorkers(
            MySqlBatchJournal journal, BatchWork work, String worker, Duration term, BooleanSupplier ending) {
        this.journal = journal;
        this.work = work;
        this.worker = worker;
        this.term = term;
        this.ending = ending;
    }

    /** Takes up what waits, as far as there is room. */
    public void takeUp() {
        int room = MOST_BATCHES - held.size();
        if (isEnding() || room <= 0) {
            return;
        }
        for (Lease waiting : waiting(MOST_BATCHES + room)) {
            // What runs of a lease that was lost here has to end here first, before the batch is taken up again.
            if (held.size() < MOST_BATCHES && !isEnding() && held.add(waiting.batchId())) {
                takeUp(waiting);
            }
        }
    }

    private boolean isEnding() {
        return closing || ending.getAsBoolean();
    }

    private List<Lease> waiting(int most) {
        try {
            List<Lease> waiting = journal.waiting(most);
            away = false;
            return waiting;
        } catch (PlatformException unreachable) {
            if (!away) {
                LOG.warn("Batches wait: the database cannot be asked", unreachable);
            }
            away = true;
            return List.of();
        }
    }

    private void takeUp(Lease waiting) {
        boolean begun = false;
        try {
            long asked = System.nanoTime();
            var lease = journal.claim(waiting, worker, term);
            if (lease.isPresent()) {
                Thread.ofVirtual().name(waiting.batchId()).start(() -> run(lease.get(), asked));
                begun = true;
            }
        } finally {
            if (!begun) {
                held.remove(waiting.batchId());
            }
        }
    }

    private void run(Lease lease, long asked) {
        try {
            release(lease, pause(lease, asked));
        } catch (LeaseLostException lost) {
            LOG.warn("{} goes on elsewhere", lease.batchId());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            held.remove(lease.batchId());
        }
    }

    private Duration pause(Lease lease, long asked) throws InterruptedException {
        try {
            return work.work(lease, asked, this::isEnding);
        } catch (PlatformException failure) {
            LOG.warn("{} is taken up again later", lease.batchId(), failure);
            return AFTER_FAILURE;
        } catch (LeaseLostException lost) {
            throw lost;
        } catch (RuntimeException defect) {
            LOG.error("{} is taken up again later", lease.batchId(), defect);
            return AFTER_FAILURE;
        }
    }

    private void release(Lease lease, Duration pause) {
        try {
            journal.release(lease, pause);
        } catch (PlatformException unreachable) {
            LOG.warn("{} waits for the end of its lease", lease.batchId(), unreachable);
        }
    }

    /** Begins no more lines, waits a moment for those that run, and lets go of all batches. */
    @Override
    public void close() {
        closing = true;
        long end = System.nanoTime() + CLOSING.toNanos();
        while (!held.isEmpty() && System.nanoTime() - end < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
