package ai.exaone.quota.usage;

import ai.exaone.errors.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Answers one question: days that are wholly within the range and one interval from the sums by day, what is left of the others from the sums by
 * hour, and what is left then from the rows. Every call of the range is in exactly one of them. Not thread-safe.
 *
 * <p>A day or hour is what a call's row says, as the tenant's zone was when it was recorded. In the usual case that is the zone of the intervals,
 * and rows are read for the two hours only that the ends of the range cut. A tenant that moved has days and hours that its intervals cut.
 */
final class Summation {
    private static final int MOST_LINES = 20_000;
    private static final Duration HOUR = Duration.ofHours(1);
    /** A moment is of the day before, the same or the next by UTC, in whatever zone. */
    private static final int DAYS_AROUND = 1;

    private final SumSource.Tenant source;
    private final SumQuestion question;
    private final ZoneId zone;
    private final Instant until;
    private final LocalDate completeFrom;
    private final SortedMap<Key, UsageReport.Line> lines = new TreeMap<>(Key.ORDER);

    Summation(SumSource.Tenant source, SumQuestion question, ZoneId zone) {
        this.source = source;
        this.question = question;
        this.zone = zone;
        this.completeFrom = source.completeFrom();
        // Nothing began after the newest call: the hour that it is in need not be cut there.
        this.until = source.newest()
                .filter(newest -> newest.isBefore(question.until()))
                .map(newest -> newest.plus(HOUR))
                .filter(end -> end.isAfter(question.until()))
                .orElse(question.until());
    }

    /**
     * @throws PlatformException USAGE_ANSWER_TOO_LARGE
     */
    UsageReport report() {
        Set<LocalDate> cutDays = addWholeDays();
        // Of days whose rows were pruned an hour is the least there is: it counts where it begins.
        List<SumSource.Hour> cutHours = addWholeHours(cutDays);
        addCalls(cutHours);
        // Sums of calls that gave way to others.
        lines.values().removeIf(line -> line.requests() == 0);
        var total = lines.values().stream().reduce(UsageReport.Line.NOTHING, UsageReport.Line::plus);
        return new UsageReport(List.copyOf(lines.values()), total);
    }

    /** Returns the days that are left. */
    private Set<LocalDate> addWholeDays() {
        List<SumSource.Day> days = source.days(
                utcDay(question.from()).minusDays(DAYS_AROUND), utcDay(until).plusDays(DAYS_AROUND));
        var cut = new HashSet<LocalDate>();
        var run = new ArrayList<SumSource.Day>();
        for (SumSource.Day day : days) {
            boolean whole = question.interval() != Interval.HOUR && isWhole(day.from(), day.until());
            if (!whole || !run.isEmpty() && !goesOn(run.getLast(), day)) {
                addRun(run);
                run.clear();
            }
            if (whole) {
                run.add(day);
            } else if (day.until().isAfter(question.from()) && day.from().isBefore(until)) {
                cut.add(day.day());
            }
        }
        addRun(run);
        return cut;
    }

    private boolean goesOn(SumSource.Day before, SumSource.Day day) {
        return question.interval() == Interval.DAY || interval(before.from()).equals(interval(day.from()));
    }

    /** Days without any between them that is cut: of one interval, or each of its own. */
    private void addRun(List<SumSource.Day> run) {
        if (run.isEmpty()) {
            return;
        }
        LocalDate first = run.getFirst().day();
        LocalDate last = run.getLast().day();
        if (question.interval() == Interval.DAY) {
            var starts = new TreeMap<LocalDate, Instant>();
            run.forEach(day -> starts.put(day.day(), day.from()));
            source.byDay(question, first, last)
                    .forEach(part ->
                            Optional.ofNullable(starts.get(part.of())).ifPresent(start -> add(start, part.line())));
        } else {
            source.ofDays(question, first, last)
                    .forEach(line -> add(run.getFirst().from(), line));
        }
    }

    /** Returns the hours that are left. */
    private List<SumSource.Hour> addWholeHours(Set<LocalDate> days) {
        if (days.isEmpty()) {
            return List.of();
        }
        var cut = new HashSet<SumSource.Hour>();
        for (SumSource.Part<SumSource.Hour> part :
                source.byHour(question, days, question.from().minus(HOUR), until)) {
            Instant start = part.of().start();
            boolean pruned = part.of().day().isBefore(completeFrom);
            if (pruned ? isWithin(start) : isWhole(start, start.plus(HOUR))) {
                add(start, part.line());
            } else if (!pruned) {
                cut.add(part.of());
            }
        }
        return cut.stream().sorted(Comparator.comparing(SumSource.Hour::start)).toList();
    }

    private void addCalls(List<SumSource.Hour> hours) {
        var wanted = Set.copyOf(hours);
        int next = 0;
        while (next < hours.size()) {
            Instant from = hours.get(next).start();
            Instant end = from.plus(HOUR);
            while (++next < hours.size() && !hours.get(next).start().isAfter(end)) {
                end = hours.get(next).start().plus(HOUR);
            }
            Instant first = from.isBefore(question.from()) ? question.from() : from;
            Instant last = end.isAfter(until) ? until : end;
            source.byQuarter(question, first, last).stream()
                    .filter(part -> wanted.contains(part.of().hour()))
                    .forEach(part -> add(part.of().start(), part.line()));
        }
    }

    private boolean isWithin(Instant at) {
        return !at.isBefore(question.from()) && at.isBefore(until);
    }

    private boolean isWhole(Instant from, Instant end) {
        return !from.isBefore(question.from())
                && !end.isAfter(until)
                && interval(from).equals(interval(end.minusNanos(1)));
    }

    private Optional<Instant> interval(Instant at) {
        return question.interval().start(at, zone);
    }

    private void add(Instant at, UsageReport.Line line) {
        Optional<Instant> start = interval(at);
        lines.merge(new Key(start, line.group()), line.in(start), UsageReport.Line::plus);
        if (lines.size() > MOST_LINES) {
            throw tooLarge();
        }
    }

    static PlatformException tooLarge() {
        return new PlatformException(
                UsageError.USAGE_ANSWER_TOO_LARGE,
                "There are too many sums: ask for a shorter range or wider intervals.");
    }

    private static LocalDate utcDay(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private record Key(Optional<Instant> start, String group) {
        static final Comparator<Key> ORDER = Comparator.comparing((Key key) -> key.start.orElse(Instant.EPOCH))
                .thenComparing(Key::group);
    }
}
