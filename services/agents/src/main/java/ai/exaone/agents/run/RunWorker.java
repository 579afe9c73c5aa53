package ai.exaone.agents.run;

import ai.exaone.agents.run.OpenRun.Lease;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims waiting runs and advances each on a virtual thread, under one epoch. Each heartbeat also declares silent workers dead and
 * takes over what they had. A worker that finds itself declared dead drops its runs and starts anew under a new epoch. Thread-safe.
 */
public final class RunWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);
    private static final Duration LEAVING = Duration.ofSeconds(5);

    private final WorkerConfig config;
    private final LeaseStore leases;
    private final RunLoop loop;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<RunId, Lease> held = new ConcurrentHashMap<>();
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;
    private volatile long epoch;

    public RunWorker(WorkerConfig config, LeaseStore leases, RunLoop loop) {
        this.config = config;
        this.leases = leases;
        this.loop = loop;
        this.thread = Thread.ofVirtual().name("run-worker").unstarted(this::work);
    }

    public RunWorker start() {
        thread.start();
        return this;
    }

    /** Looks for waiting runs now, not at the next heartbeat. */
    public void wake() {
        wake.release();
    }

    /** Tells a run of this worker that somebody asked it to stop; nothing happens if this worker does not have it. */
    public void cancel(RunId run, String by) {
        Lease lease = held.get(run);
        if (lease != null) {
            lease.stop().stop(new StopSignal.Reason.Cancelled(by));
        }
    }

    private void work() {
        long beat = System.nanoTime();
        while (!closing) {
            try {
                if (System.nanoTime() - beat >= 0) {
                    beat = System.nanoTime() + config.heartbeat().toNanos();
                    beat();
                }
                claim();
            } catch (RuntimeException failure) {
                // The database is away: the leases run out unless it is back in time, and then fence what was done
                // meanwhile.
                LOG.warn("Worker {} cannot reach its leases: {}", config.name(), failure.toString());
            }
            await(beat);
        }
    }

    private void beat() {
        if (epoch == 0 || !leases.heartbeat(epoch)) {
            if (epoch != 0) {
                LOG.warn("Worker {} was declared dead under epoch {}", config.name(), epoch);
            }
            held.values().forEach(lease -> lease.stop().stop(new StopSignal.Reason.Left()));
            epoch = leases.register(config.name());
            LOG.info("Worker {} works under epoch {}", config.name(), epoch);
        }
        var dead = leases.expire(config.silence());
        if (!dead.isEmpty()) {
            LOG.warn("Workers of epochs {} are dead; their runs are free", dead);
        }
        leases.cancellations(epoch).forEach(this::cancel);
    }

    private void claim() {
        int room = config.runs() - held.size();
        if (epoch == 0 || room <= 0) {
            return;
        }
        for (Run run : leases.claim(epoch, room)) {
            var lease = new Lease(run, epoch, new StopSignal());
            run.cancelledBy().ifPresent(by -> lease.stop().stop(new StopSignal.Reason.Cancelled(by)));
            held.put(run.id(), lease);
            threads.execute(() -> advance(lease));
        }
    }

    private void advance(Lease lease) {
        Thread.currentThread().setName(lease.run().id().value());
        try {
            loop.advance(lease);
        } finally {
            held.remove(lease.run().id(), lease);
            giveBack(lease);
        }
    }

    /** A run that has ended has no lease to give back; any other is free for the next worker at once. */
    private void giveBack(Lease lease) {
        try {
            leases.release(lease.epoch(), lease.run());
        } catch (RuntimeException failure) {
            LOG.warn(
                    "Run {} is free only when this worker is dead: {}",
                    lease.run().id(),
                    failure.toString());
        }
    }

    private void await(long beat) {
        try {
            wake.tryAcquire(Math.max(0, beat - System.nanoTime()), TimeUnit.NANOSECONDS);
            wake.drainPermits();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves: runs stop before their next step and are free for other workers. */
    @Override
    public void close() {
        closing = true;
        wake.release();
        held.values().forEach(lease -> lease.stop().stop(new StopSignal.Reason.Left()));
        try {
            thread.join(LEAVING);
            threads.shutdown();
            if (!threads.awaitTermination(LEAVING.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
            if (epoch != 0) {
                leases.end(epoch);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.warn("Worker {} leaves without saying so: {}", config.name(), failure.toString());
        }
    }
}
