package ai.exaone.quota.admission;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is counted in one scope of a tenant, and the limits on it. It counts whether there is a limit or not, so that a new limit
 * knows what was used before. Not thread-safe: {@link Book} guards it.
 */
final class Meter {
    /** How long to wait for requests that run: nobody knows when one ends. */
    private static final Duration UNTIL_SOME_END = Duration.ofSeconds(1);

    private final Map<LimitKind, Limit> limits = new EnumMap<>(LimitKind.class);
    private final MinuteWindow requests = new MinuteWindow();
    private final MinuteWindow tokens = new MinuteWindow();
    private final PeriodUse day = new PeriodUse();
    private final PeriodUse month = new PeriodUse();
    private final Map<LimitKind, Granted> granted = new EnumMap<>(LimitKind.class);
    private final Map<LimitKind, ShadowLimit> shadows = new EnumMap<>(LimitKind.class);
    private long slots;

    /**
     * Units that gateways were granted and have not used; of concurrent requests, those too that run, and how many those are; by
     * calendar, those too that the ledger does not have yet.
     *
     * @param period that they are of
     */
    private record Granted(long period, long units, long running) {
        boolean isNothing() {
            return units == 0 && running == 0;
        }
    }

    /** Puts a limit in force, in the place of itself as it was. */
    void put(Limit limit) {
        ShadowLimit shadow = shadows.get(limit.kind());
        if (limit.isShadow() && shadow != null && shadow.limit().limitId().equals(limit.limitId())) {
            shadow.replace(limit);
            return;
        }
        remove(limit);
        if (limit.isShadow()) {
            shadows.put(limit.kind(), new ShadowLimit(limit));
        } else {
            limits.put(limit.kind(), limit);
        }
    }

    void remove(Limit limit) {
        limits.values().removeIf(known -> known.limitId().equals(limit.limitId()));
        shadows.values().removeIf(known -> known.limit().limitId().equals(limit.limitId()));
    }

    Collection<ShadowLimit> shadows() {
        return shadows.values();
    }

    /** The limits in shadow that would have refused a call, which is counted by now. */
    List<Limit> wouldRefuse(ShadowCall call, Moment now) {
        return shadows.values().stream()
                .filter(shadow ->
                        shadow.refuses(call, usedByCalendar(shadow.limit().kind(), now), now))
                .map(ShadowLimit::limit)
                .toList();
    }

    private long usedByCalendar(LimitKind kind, Moment now) {
        return switch (kind) {
            case TOKENS_PER_DAY -> day.usedTokens(now.day().toEpochDay());
            case TOKENS_PER_MONTH -> month.usedTokens(Moment.month(now.day()));
            case BUDGET_PER_DAY -> day.usedMicros(now.day().toEpochDay());
            case BUDGET_PER_MONTH -> month.usedMicros(Moment.month(now.day()));
            case REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE, CONCURRENT_REQUESTS -> 0;
        };
    }

    Collection<Limit> limits() {
        return limits.values();
    }

    Optional<Limit> limit(LimitKind kind) {
        return Optional.ofNullable(limits.get(kind));
    }

    /**
     * Replaces what a request counts for.
     *
     * @param cell of the request's admission
     * @param of the day of the request's admission
     */
    void recount(Moment now, long cell, LocalDate of, Count before, Count after) {
        countInWindows(now, cell, before, after);
        slots += after.slots() - before.slots();
        countInPeriods(of, before, -1);
        countInPeriods(of, after, 1);
    }

    /** Counts in the windows of a minute only: the rest is known already. */
    void countInWindows(Moment now, long cell, Count before, Count after) {
        requests.add(now.cell(), cell, after.requests() - before.requests());
        tokens.add(now.cell(), cell, after.tokens() - before.tokens());
    }

    /** Counts what another meter counts by now, too. What gateways were granted is of that one's limits. */
    void takeOver(Meter other, Moment now) {
        requests.addAll(now.cell(), other.requests);
        tokens.addAll(now.cell(), other.tokens);
        day.addAll(other.day);
        month.addAll(other.month);
        slots += other.slots;
    }

    /** Adds what was used on a day without being counted one by one. */
    void addUsed(LocalDate of, long usedTokens, long usedMicros) {
        day.addUsed(of.toEpochDay(), usedTokens, usedMicros);
        month.addUsed(Moment.month(of), usedTokens, usedMicros);
    }

    /**
     * Counts what was admitted by slices, or takes from it.
     *
     * @param kind of those that are counted per minute
     * @param cell in which it counts
     */
    void countUse(Moment now, long cell, LimitKind kind, long amount) {
        (kind == LimitKind.REQUESTS_PER_MINUTE ? requests : tokens).add(now.cell(), cell, amount);
    }

    /** Grants units of the present period to a gateway, or takes them back. */
    void grant(LimitKind kind, long units, long running, Moment now) {
        Granted before = granted(kind, now);
        granted.put(kind, new Granted(before.period, before.units + units, before.running + running));
    }

    /** Whether so much money can be counted exactly. */
    boolean hasRoom(long micros) {
        return day.hasRoom(micros) && month.hasRoom(micros);
    }

    /** What must be taken for used: what gateways were granted included. */
    long used(LimitKind kind, Moment now) {
        return counted(kind, now) + granted(kind, now).units;
    }

    /** What is known to be used: what gateways were granted and do not use left out. */
    long known(LimitKind kind, Moment now) {
        boolean isByRequest = kind == LimitKind.CONCURRENT_REQUESTS || kind.isByCalendar();
        return counted(kind, now) + (isByRequest ? granted(kind, now).running : 0);
    }

    private long counted(LimitKind kind, Moment now) {
        return switch (kind) {
            case REQUESTS_PER_MINUTE -> requests.used(now.cell());
            case TOKENS_PER_MINUTE -> tokens.used(now.cell());
            case CONCURRENT_REQUESTS -> slots;
            case TOKENS_PER_DAY -> day.tokens(now.day().toEpochDay());
            case TOKENS_PER_MONTH -> month.tokens(Moment.month(now.day()));
            case BUDGET_PER_DAY -> day.micros(now.day().toEpochDay());
            case BUDGET_PER_MONTH -> month.micros(Moment.month(now.day()));
        };
    }

    /** Whether a limit lets so much pass. A limit of which nothing is taken does not refuse, unless it refuses everything. */
    boolean allows(Limit limit, long needed, Moment now) {
        long amount = limit.amount(now.at());
        return amount > 0 && (needed == 0 || used(limit.kind(), now) <= amount - needed);
    }

    /**
     * How long until a limit that refuses lets so much pass.
     *
     * @param periodEnd until the current day or month of the limit ends
     * @return empty when waiting does not help
     */
    Optional<Duration> wait(Limit limit, long needed, Moment now, Duration periodEnd) {
        long amount = limit.amount(now.at());
        if (amount == 0 || needed > amount) {
            return Optional.empty();
        }
        long free = amount - needed;
        return switch (limit.kind()) {
            case REQUESTS_PER_MINUTE -> Optional.of(untilFree(requests, limit, needed, now));
            case TOKENS_PER_MINUTE -> Optional.of(untilFree(tokens, limit, needed, now));
            case CONCURRENT_REQUESTS -> Optional.of(UNTIL_SOME_END);
            case TOKENS_PER_DAY -> Optional.of(usable(day.usedTokens(now.day().toEpochDay()), free, periodEnd));
            case TOKENS_PER_MONTH -> Optional.of(usable(month.usedTokens(Moment.month(now.day())), free, periodEnd));
            case BUDGET_PER_DAY -> Optional.of(usable(day.usedMicros(now.day().toEpochDay()), free, periodEnd));
            case BUDGET_PER_MONTH -> Optional.of(usable(month.usedMicros(Moment.month(now.day())), free, periodEnd));
        };
    }

    /** How a limit per minute stands. */
    RateState rate(Limit limit, Moment now) {
        long amount = limit.amount(now.at());
        long remaining = Math.max(0, amount - used(limit.kind(), now));
        MinuteWindow window = limit.kind() == LimitKind.REQUESTS_PER_MINUTE ? requests : tokens;
        return new RateState(amount, remaining, Duration.ofNanos(window.nanosUntilEmpty(now)));
    }

    /** Whether forgetting it loses nothing. */
    boolean isIdle(Moment now) {
        return isWithoutLimits(now)
                && slots == 0
                && requests.isEmpty(now.cell())
                && tokens.isEmpty(now.cell())
                && day.isEmpty(now.day().toEpochDay())
                && month.isEmpty(Moment.month(now.day()));
    }

    /** Whether there is no limit on it, and nothing out of one. */
    boolean isWithoutLimits(Moment now) {
        return limits.isEmpty()
                && shadows.isEmpty()
                && granted.keySet().stream().allMatch(kind -> granted(kind, now).isNothing());
    }

    private void countInPeriods(LocalDate of, Count count, int sign) {
        long countedTokens = sign * count.tokens();
        long countedMicros = sign * count.micros();
        if (count.used()) {
            addUsed(of, countedTokens, countedMicros);
        } else {
            day.addHeld(of.toEpochDay(), countedTokens, countedMicros);
            month.addHeld(Moment.month(of), countedTokens, countedMicros);
        }
    }

    /** Where only holds are in the way, some of what they hold comes back before the period ends. */
    private static Duration usable(long used, long free, Duration periodEnd) {
        return used <= free ? UNTIL_SOME_END : periodEnd;
    }

    /** What gateways were granted is used or given back within about a second. */
    private Duration untilFree(MinuteWindow window, Limit limit, long needed, Moment now) {
        long nanos = window.nanosUntilFree(now, needed, limit.amount(now.at())).orElse(0);
        return nanos == 0 ? UNTIL_SOME_END : Duration.ofNanos(nanos);
    }

    /** What was granted of a period that is over counts nowhere. */
    private Granted granted(LimitKind kind, Moment now) {
        long period = kind.period(now.day());
        Granted latest = granted.get(kind);
        return latest != null && latest.period == period ? latest : new Granted(period, 0, 0);
    }
}
