package ai.exaone.gateway.metering;

import ai.exaone.errors.PlatformException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes finished calls from the spool to the ledger, in order, and deletes what is stored. One thread; while the ledger is away the
 * spool grows and the drain tries again.
 */
public final class Drain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final int MOST_RECORDS = 500;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** Quota takes a gateway that it has not heard of for three seconds for dead, and gives its concurrency to others. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(1);

    private final Spool spool;
    private final Meter meter;
    private final Ledger ledger;
    private final Duration interval;
    private final LedgerFollower follower;
    /** All that earlier processes left is before it. */
    private final SpoolPosition began;

    private Optional<SpoolPosition> watermark = Optional.empty();
    /** A stretch that the ledger may have, until that is known. */
    private Optional<SpoolReader.Stretch> inDoubt = Optional.empty();

    private boolean caughtUp;
    private long lastContact = System.nanoTime() - SIGN_OF_LIFE.toNanos();
    private @Nullable Thread thread;
    private volatile boolean failing;

    /**
     * @param spool just opened
     * @param interval pause between two looks at the spool; after failures it grows to two seconds
     */
    public Drain(Spool spool, Meter meter, Ledger ledger, Duration interval, LedgerFollower follower) {
        this.spool = spool;
        this.meter = meter;
        this.ledger = ledger;
        this.interval = interval;
        this.follower = follower;
        this.began = spool.end();
    }

    /** Begins to drain, on a thread of its own. */
    public void start() {
        thread = Thread.ofPlatform().daemon().name("spool-drain").start(this::run);
    }

    /** Whether the last attempt failed. */
    public boolean failing() {
        return failing;
    }

    /** Stops; what is not drained yet is drained by the next start. */
    @Override
    public void close() {
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration pause = interval;
        while (!Thread.currentThread().isInterrupted()) {
            pause = attempt() ? interval : longer(pause);
            try {
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            } catch (InterruptedException closed) {
                return;
            }
        }
    }

    private boolean attempt() {
        try {
            meter.retryUnwritten();
            while (drainStretch()) {
                continue;
            }
            showLife();
            failing = false;
            return true;
        } catch (PlatformException | IOException refused) {
            if (!failing) {
                LOG.warn("Usage cannot be drained to the ledger now; it is kept and tried again", refused);
            }
            failing = true;
            // The append may have been stored or not: only the ledger knows.
            watermark = Optional.empty();
            return false;
        }
    }

    /**
     * Drains one stretch. What ends while a stretch is stored waits for the next look: a stretch for each of them would keep quota, its
     * database and this process busy with nothing but the way there.
     *
     * @return whether there is another full one
     */
    private boolean drainStretch() throws IOException {
        SpoolPosition from = watermark.isPresent() ? watermark.get() : ledger.watermark();
        watermark = Optional.of(from);
        confirm(from);
        SpoolReader.Stretch stretch = spool.read(from, MOST_RECORDS);
        if (stretch.ended().isEmpty()) {
            catchUp(stretch.to());
            return false;
        }
        inDoubt = Optional.of(stretch);
        SpoolPosition stored = ledger.append(from, stretch.to(), stretch.ended());
        watermark = Optional.of(stored);
        confirm(stored);
        lastContact = System.nanoTime();
        spool.deleteBefore(stored);
        return stretch.ended().size() >= MOST_RECORDS;
    }

    /** The ledger has all up to a place: also a stretch whose storing was not answered, if that was stored. */
    private void confirm(SpoolPosition stored) {
        inDoubt.filter(stretch -> stretch.to().equals(stored)).ifPresent(stretch -> follower.recorded(stretch.ended()));
        inDoubt = Optional.empty();
        catchUp(stored);
    }

    private void catchUp(SpoolPosition stored) {
        if (!caughtUp && stored.compareTo(began) >= 0) {
            caughtUp = true;
            follower.caughtUp();
        }
    }

    /** While requests are long and none ends, nothing is appended: quota is asked something all the same. */
    void showLife() {
        if (System.nanoTime() - lastContact >= SIGN_OF_LIFE.toNanos()) {
            ledger.watermark();
            lastContact = System.nanoTime();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
