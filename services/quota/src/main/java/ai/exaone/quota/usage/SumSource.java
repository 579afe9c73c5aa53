package ai.exaone.quota.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where sums over calls come from: the ledger's sums by day, those by hour, and its rows. Each call is in one sum of each kind, under the day
 * and hour that are in its row.
 */
public interface SumSource {
    /** Works on one tenant's sums and rows, all as they are at one moment. */
    <T> T read(String tenantId, Function<Tenant, T> work);

    /**
     * Calls of a day, and from when to when they are.
     *
     * @param from not after the first
     * @param until after the last
     */
    record Day(LocalDate day, Instant from, Instant until) {}

    /** An hour of a day. */
    record Hour(LocalDate day, Instant start) {}

    /** Sums of a group that are by something more than the group. The line tells no time. */
    record Part<K>(K of, UsageReport.Line line) {}

    /** A quarter of an hour by UTC, and the hour that its calls are counted under. */
    record Quarter(Hour hour, Instant start) {}

    /**
     * One tenant's, at one moment. A question that would take more than so many sums fails with USAGE_ANSWER_TOO_LARGE. Days are both inclusive,
     * ends of time exclusive.
     */
    interface Tenant {
        /** From which day on the ledger has all rows; before, some or all were pruned, and the sums are what is left. */
        LocalDate completeFrom();

        /** When the newest call began. */
        Optional<Instant> newest();

        /** Days that have calls, in order. */
        List<Day> days(LocalDate first, LocalDate last);

        List<UsageReport.Line> ofDays(SumQuestion question, LocalDate first, LocalDate last);

        List<Part<LocalDate>> byDay(SumQuestion question, LocalDate first, LocalDate last);

        /** By those hours of some days that begin from {@code from} on and before {@code until}. */
        List<Part<Hour>> byHour(SumQuestion question, Collection<LocalDate> days, Instant from, Instant until);

        /** Of the rows themselves. No zone has begun a day or an hour within a quarter of an hour since there is UTC. */
        List<Part<Quarter>> byQuarter(SumQuestion question, Instant from, Instant until);
    }
}
