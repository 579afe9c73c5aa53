package ai.exaone.agents.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Tells the thread that advances a run to stop, and cuts off what it waits for. The first reason counts. Thread-safe. */
public final class StopSignal {
    /** Why a worker stops advancing a run. */
    public sealed interface Reason {
        /** Somebody asked the run to stop: it ends. */
        record Cancelled(String by) implements Reason {}

        /** The worker has the run no longer, or goes away: another goes on with it. */
        record Left() implements Reason {}
    }

    private final List<Runnable> waits = new ArrayList<>();
    private Optional<Reason> reason = Optional.empty();

    public synchronized Optional<Reason> reason() {
        return reason;
    }

    /** Who cancelled the run, if that is the reason. */
    public Optional<String> cancelledBy() {
        return reason().flatMap(why -> why instanceof Reason.Cancelled(String by) ? Optional.of(by) : Optional.empty());
    }

    /** Whether the worker is to leave the run to others. */
    public boolean left() {
        return reason().filter(Reason.Left.class::isInstance).isPresent();
    }

    public void stop(Reason why) {
        List<Runnable> cut;
        synchronized (this) {
            if (reason.isPresent()) {
                return;
            }
            reason = Optional.of(why);
            cut = List.copyOf(waits);
            notifyAll();
        }
        cut.forEach(Runnable::run);
    }

    /** Cuts off a wait when the signal comes, or at once if it came. Closing what is returned takes that back. */
    public Registration onStop(Runnable cut) {
        synchronized (this) {
            if (reason.isEmpty()) {
                waits.add(cut);
                return () -> remove(cut);
            }
        }
        cut.run();
        return () -> {};
    }

    /** Waits until the signal comes, at most this long. */
    public synchronized void await(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (reason.isEmpty()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void remove(Runnable cut) {
        waits.remove(cut);
    }

    /** A cut-off that can be taken back. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
