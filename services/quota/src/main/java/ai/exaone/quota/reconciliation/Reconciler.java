package ai.exaone.quota.reconciliation;

import ai.exaone.audit.Act;
import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.quota.usage.HourKey;
import ai.exaone.quota.usage.SumKey;
import ai.exaone.quota.writer.ActiveWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the ledger with what is derived from it, in turns of bounded work: the latest days of every tenant each time, and all other days
 * one after the other, from turn to turn. What differs is kept, logged and counted; what no longer does is noted as resolved. Only
 * the active writer does so. Thread-safe.
 */
public final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    /** Calls of gateways that were away for longer are compared by the walk. */
    private static final int LATEST_DAYS = 3;

    private static final int DAYS_TOGETHER = 3;
    private static final int TENANTS_TOGETHER = 100;
    /** A turn that failed is not tried again at once: what was too much for the database then still is. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(5);

    private static final Duration SPOOLS_SINCE = Duration.ofDays(7);

    private final ReconciliationStore store;
    private final ActiveWriter writer;
    private final IdGenerator ids;
    private final Clock clock;
    private final Duration pace;
    private final Turn.Bounds bounds;
    private final ReentrantLock turning = new ReentrantLock();
    private volatile Instant failed = Instant.EPOCH;
    private volatile long openDifferences;

    /**
     * @param pace from a turn to the next
     */
    public Reconciler(
            ReconciliationStore store,
            ActiveWriter writer,
            IdGenerator ids,
            Clock clock,
            Duration pace,
            Turn.Bounds bounds) {
        this.store = store;
        this.writer = writer;
        this.ids = ids;
        this.clock = clock;
        this.pace = pace;
        this.bounds = bounds;
    }

    /** Takes a turn if one is due and this process is the active writer. */
    public void turnIfDue() {
        Instant last = store.turn().ended();
        Instant now = clock.instant();
        boolean due = !now.isBefore(last.plus(pace)) || now.isBefore(last);
        boolean rested = !now.isBefore(failed.plus(PAUSE_AFTER_FAILURE)) || now.isBefore(failed);
        if (due && rested && isActive()) {
            failed = now;
            turn();
            failed = Instant.EPOCH;
        }
    }

    /** Takes a turn. */
    public Turn turn() {
        turning.lock();
        try {
            Turn before = store.turn();
            var latest = latest(before);
            var walk = walk(before);
            Instant since = clock.instant().minus(SPOOLS_SINCE).truncatedTo(ChronoUnit.HOURS);
            settle(
                    DifferenceKind.SPOOL,
                    "",
                    store.spools(since),
                    subject -> !subject.period().isBefore(since));
            settle(DifferenceKind.WATERMARK, "", store.watermarks(), subject -> true);
            var turn = new Turn(
                    clock.instant(),
                    latest.days + walk.days,
                    latest.calls + walk.calls,
                    latest.tenant,
                    walk.tenant,
                    walk.day,
                    walk.ended ? Optional.of(clock.instant()) : before.walked());
            writer.change(epoch -> {
                store.ended(epoch, turn);
                return epoch;
            });
            openDifferences = store.countOpen();
            LOG.info(
                    "Compared {} calls of {} days with their sums: {} differences are open",
                    turn.calls(),
                    turn.days(),
                    openDifferences);
            return turn;
        } finally {
            turning.unlock();
        }
    }

    /**
     * Derives the sums of a tenant's day again. What they lack is found in one moment and then added to them, so that calls recorded meanwhile
     * count once.
     *
     * @return how many sums were wrong
     * @throws PlatformException LEDGER_DAY_PRUNED
     */
    public int rebuild(String tenantId, LocalDate day) {
        if (day.isBefore(store.completeFrom())) {
            throw new PlatformException(
                    ReconciliationError.LEDGER_DAY_PRUNED,
                    "The day's calls are not kept any more: its sums are all there is.");
        }
        // Two corrections of one day would both add what it lacked when they looked.
        turning.lock();
        try {
            var days = new ReconciliationStore.Days(day, day);
            ComparedSums.Missing missing = store.compare(tenantId, days).missing();
            Act act = Act.created(
                    tenantId,
                    "ledger.rebuild",
                    tenantId,
                    Map.of("day", day.toString(), "corrected_sums", Integer.toString(missing.count())));
            writer.change(epoch -> {
                store.correct(epoch, tenantId, day, missing, act);
                return epoch;
            });
            compare(tenantId, days, new Progress());
            openDifferences = store.countOpen();
            return missing.count();
        } finally {
            turning.unlock();
        }
    }

    /** Differences that were open when this process last looked. */
    public long openDifferences() {
        return openDifferences;
    }

    private boolean isActive() {
        try {
            writer.change(epoch -> epoch);
            return true;
        } catch (PlatformException another) {
            LOG.debug("Another process compares the ledger, or none can now", another);
            return false;
        }
    }

    /** The latest days of all tenants, or of as many as one turn bears. */
    private Progress latest(Turn before) {
        var progress = new Progress();
        progress.tenant = before.recentAfter();
        // Tomorrow has begun somewhere.
        var days = new ReconciliationStore.Days(today().minusDays(LATEST_DAYS - 1), today().plusDays(1));
        while (true) {
            List<String> tenants = store.tenants(progress.tenant, TENANTS_TOGETHER);
            for (String tenant : tenants) {
                compare(tenant, days, progress);
                progress.tenant = tenant;
                if (progress.isEnough(bounds)) {
                    return progress;
                }
            }
            if (tenants.size() < TENANTS_TOGETHER) {
                progress.tenant = "";
                return progress;
            }
        }
    }

    /** Some days more of the walk through all of the ledger. */
    private Progress walk(Turn before) {
        var progress = new Progress();
        progress.tenant = before.walkTenant();
        progress.day = before.walkDay();
        if (progress.tenant.isEmpty()) {
            next(progress);
        }
        while (!progress.ended && !progress.isEnough(bounds)) {
            Optional<ReconciliationStore.Days> all = store.days(progress.tenant);
            LocalDate first = all.map(ReconciliationStore.Days::first).orElse(LocalDate.MAX);
            LocalDate from = progress.day.filter(first::isBefore).orElse(first);
            if (all.isEmpty() || from.isAfter(all.get().last())) {
                next(progress);
            } else {
                LocalDate until = from.plusDays(DAYS_TOGETHER - 1L);
                compare(progress.tenant, new ReconciliationStore.Days(from, until), progress);
                progress.day = Optional.of(until.plusDays(1));
            }
        }
        return progress;
    }

    private void next(Progress progress) {
        List<String> following = store.tenants(progress.tenant, 1);
        progress.ended = following.isEmpty();
        progress.tenant = following.isEmpty() ? "" : following.getFirst();
        progress.day = Optional.empty();
        following.forEach(this::compareStatements);
    }

    private void compareStatements(String tenantId) {
        var findings = store.statements(tenantId).findings(SumKey::statementMonth);
        settle(
                DifferenceKind.STATEMENT,
                tenantId,
                subjects(DifferenceKind.STATEMENT, tenantId, findings),
                subject -> true);
    }

    private void compare(String tenantId, ReconciliationStore.Days days, Progress progress) {
        ComparedSums compared = store.compare(tenantId, days);
        progress.add(compared.days().calls(), days);
        settle(DifferenceKind.SUMS, tenantId, days, compared.days().findings(SumKey::day));
        settle(DifferenceKind.HOURS, tenantId, days, compared.hours().findings(HourKey::day));
    }

    private void settle(
            DifferenceKind kind,
            String tenantId,
            ReconciliationStore.Days days,
            Map<LocalDate, List<Difference.Finding>> findings) {
        Instant first = start(days.first());
        Instant last = start(days.last());
        settle(
                kind,
                tenantId,
                subjects(kind, tenantId, findings),
                subject ->
                        !subject.period().isBefore(first) && !subject.period().isAfter(last));
    }

    private static Map<Difference.Subject, List<Difference.Finding>> subjects(
            DifferenceKind kind, String tenantId, Map<LocalDate, List<Difference.Finding>> findings) {
        var subjects = new HashMap<Difference.Subject, List<Difference.Finding>>();
        findings.forEach(
                (period, found) -> subjects.put(new Difference.Subject(kind, tenantId, "", start(period)), found));
        return subjects;
    }

    /**
     * Notes what was found, and as resolved what was open and would have been found again.
     *
     * @param compared whether a subject was looked at
     */
    private void settle(
            DifferenceKind kind,
            String tenantId,
            Map<Difference.Subject, List<Difference.Finding>> found,
            Predicate<Difference.Subject> compared) {
        Instant now = clock.instant();
        List<Difference> open = store.open(kind, tenantId);
        var seen = new ArrayList<Difference>();
        found.forEach((subject, findings) -> findings.forEach(
                finding -> seen.add(new Difference(ids.next("dif"), subject, finding, now, now, Optional.empty()))));
        List<Difference> gone = open.stream()
                .filter(difference -> compared.test(difference.subject()))
                .filter(difference -> seen.stream().noneMatch(other -> isSame(difference, other)))
                .toList();
        seen.forEach(Reconciler::log);
        if (!seen.isEmpty() || !gone.isEmpty()) {
            writer.change(epoch -> {
                store.found(epoch, seen);
                store.resolved(epoch, gone, now);
                return epoch;
            });
        }
    }

    private static boolean isSame(Difference one, Difference other) {
        return one.subject().equals(other.subject())
                && one.finding().measure().equals(other.finding().measure());
    }

    private static void log(Difference difference) {
        Difference.Subject subject = difference.subject();
        Difference.Finding finding = difference.finding();
        LOG.error(
                "The ledger differs from its {}: {}{} at {}, {} is {} in the ledger and {} there, {} units apart",
                subject.kind(),
                subject.tenantId(),
                subject.gatewayId(),
                subject.period(),
                finding.measure(),
                finding.ledger(),
                finding.derived(),
                finding.units());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** How far one part of a turn came. */
    private static final class Progress {
        private String tenant = "";
        private Optional<LocalDate> day = Optional.empty();
        private boolean ended;
        private long days;
        private long calls;
        private int stretches;

        void add(long comparedCalls, ReconciliationStore.Days compared) {
            days += compared.last().toEpochDay() - compared.first().toEpochDay() + 1;
            calls += comparedCalls;
            stretches++;
        }

        boolean isEnough(Turn.Bounds bounds) {
            return calls >= bounds.calls() || stretches >= bounds.stretches();
        }
    }
}
