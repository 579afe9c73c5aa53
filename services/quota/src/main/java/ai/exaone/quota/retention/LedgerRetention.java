package ai.exaone.quota.retention;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.writer.ActiveWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the ledger's weeks ahead of time, and removes those whose calls are all older than what is kept. Only the active writer does so; one thread.
 *
 * <p>A week goes in two steps. First it is marked: from then on its requests are not recorded any more, since without their rows nobody could tell whether they
 * were. What was on its way then is stored long before the second step, which removes the week and its rows. Sums stay, and days that lack rows
 * are not compared with them any more.
 */
public final class LedgerRetention {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerRetention.class);
    private static final int WEEKS_AHEAD = 8;
    /** Longer than any call of the ledger takes to be stored. */
    private static final Duration BETWEEN_STEPS = Duration.ofMinutes(10);
    /** What spools brought is compared for a week. */
    private static final Duration COMPARED_WITH_SPOOLS = Duration.ofDays(8);

    private final RetentionStore store;
    private final ActiveWriter writer;
    private final Clock clock;
    private final Duration retention;

    /**
     * @param retention how long calls are kept at least
     */
    public LedgerRetention(RetentionStore store, ActiveWriter writer, Clock clock, Duration retention) {
        this.store = store;
        this.writer = writer;
        this.clock = clock;
        this.retention = retention;
    }

    /** Does what is due now. */
    public void turn() {
        if (isActive()) {
            addWeeks();
            removeMarked();
            markOver();
        }
    }

    private void addWeeks() {
        Week last = store.weeks().getLast();
        Week enough = Week.of(today().plusWeeks(WEEKS_AHEAD));
        var missing = new ArrayList<Week>();
        for (Week week = last.next(); week.compareTo(enough) <= 0; week = week.next()) {
            missing.add(week);
        }
        if (!missing.isEmpty()) {
            store.add(missing);
        }
    }

    private void removeMarked() {
        Optional<RetentionStore.Mark> mark = store.mark();
        if (mark.isEmpty() || clock.instant().isBefore(mark.get().at().plus(BETWEEN_STEPS))) {
            return;
        }
        for (Week week : store.weeks()) {
            if (!week.end().isAfter(mark.get().before())) {
                remove(week);
            }
        }
    }

    private void remove(Week week) {
        // A local day is at most one ahead of UTC's: the day after that one has all its rows.
        store.newest(week)
                .map(newest -> utcDay(newest.started()).plusDays(2))
                .ifPresent(complete -> writer.change(epoch -> {
                    store.prune(epoch, complete);
                    return epoch;
                }));
        store.drop(week);
        LOG.info("The ledger's week of {} is over and was removed; its sums stay", week.monday());
    }

    /** Marks weeks from the first on, up to one that is to be kept. */
    private void markOver() {
        Optional<LocalDate> before = Optional.empty();
        // The newest weeks are kept, whatever the clock says.
        List<Week> weeks = store.weeks();
        for (Week week : weeks.subList(0, Math.max(0, weeks.size() - WEEKS_AHEAD))) {
            if (!isOver(week)) {
                break;
            }
            before = Optional.of(week.end());
        }
        before.filter(end -> store.mark()
                        .filter(mark -> !mark.before().isBefore(end))
                        .isEmpty())
                .ifPresent(end -> writer.change(epoch -> {
                    store.mark(epoch, new RetentionStore.Mark(end, clock.instant()));
                    return epoch;
                }));
    }

    private boolean isOver(Week week) {
        Instant kept = clock.instant().minus(retention);
        if (week.end().atStartOfDay().toInstant(ZoneOffset.UTC).isAfter(kept)) {
            return false;
        }
        Optional<RetentionStore.Newest> newest = store.newest(week);
        if (newest.isEmpty()) {
            return true;
        }
        boolean old = newest.get().started().isBefore(kept)
                && newest.get().recorded().isBefore(clock.instant().minus(COMPARED_WITH_SPOOLS));
        if (!old) {
            LOG.warn(
                    "The ledger's week of {} is kept: it has calls that are younger than their ids say", week.monday());
        } else if (store.areSumsInDoubt(utcDay(newest.get().started()).plusDays(2))) {
            LOG.warn("The ledger's week of {} is kept: sums of its days differ from it", week.monday());
            return false;
        }
        return old;
    }

    private boolean isActive() {
        try {
            writer.change(epoch -> epoch);
            return true;
        } catch (PlatformException another) {
            LOG.debug("Another process looks after the ledger's weeks, or none can now", another);
            return false;
        }
    }

    private LocalDate today() {
        return utcDay(clock.instant());
    }

    private static LocalDate utcDay(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
