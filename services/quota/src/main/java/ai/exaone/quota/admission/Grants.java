package ai.exaone.quota.admission;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.limit.LimitRaise;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The slices that gateways hold of one tenant's limits. A unit counts as used from its grant on, until its gateway says what became
 * of it or is silent for too long. Not thread-safe: {@link Book} guards it.
 */
final class Grants {
    /** For so long nothing more is granted of a limit that a request waited for. */
    private static final long RECALLED_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Clocks of machines do not run equally fast. */
    private static final int CERTAIN_PERCENT = 90;
    /** The clock that raises end by may be set forward by so much meanwhile. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    private final Meters meters;
    private final Map<String, Limit> limits = new HashMap<>();
    private final Map<String, RunSlices> runs = new HashMap<>();
    /** Limits of which nothing is granted, by their ids, and until when. */
    private final Map<String, Long> recalled = new HashMap<>();

    Grants(Meters meters) {
        this.meters = meters;
    }

    void put(Limit limit) {
        limits.put(limit.limitId(), limit);
    }

    /** What was granted of a limit that is gone is counted nowhere any more, except by its use. */
    void remove(Limit limit, Moment now) {
        limits.remove(limit.limitId());
        recalled.remove(limit.limitId());
        runs.values().forEach(run -> run.release(limit, now));
    }

    /**
     * Counts what a run used, takes over what it says it keeps, and grants what it asks for as far as there is enough:
     * min(remaining / (2 · gateways), what it wants), or nothing where that would not do for one request, or others wait for it.
     *
     * @param gateways how many share the limits, at least 1
     */
    List<SliceExchange.Grant> exchange(SliceExchange exchange, SliceExchange.OfTenant said, int gateways, Moment now) {
        RunSlices run = run(exchange);
        run.hear(exchange.sequence(), said, now);
        said.demands().forEach(demand -> hold(run, demand, 0, now));
        var grants = new ArrayList<SliceExchange.Grant>();
        for (SliceExchange.Demand stated : said.demands()) {
            Limit limit = limits.get(stated.limitId());
            if (limit != null) {
                SliceExchange.Demand demand = present(limit, stated, now);
                long amount = limit.amount(now.at());
                long remaining = amount - meters.at(limit.scope()).used(limit.kind(), now);
                boolean isRecalled = isRecalled(limit, now);
                Optional<Duration> term = term(limit, remaining, now);
                boolean isGranting = !isRecalled && !term.equals(Optional.of(Duration.ZERO));
                long granted = !isGranting ? 0 : granted(limit, demand, remaining / (2L * gateways));
                hold(run, demand, granted, now);
                grants.add(new SliceExchange.Grant(
                        demand.limitId(),
                        granted,
                        Math.max(0, remaining - granted),
                        isRecalled,
                        day(limit, now),
                        term,
                        amount));
            }
        }
        forgetIdle(exchange.runId(), run, now);
        return grants;
    }

    /**
     * Takes over an exchange from the database.
     *
     * @param granted by limit
     * @param cell in which it was answered
     */
    void restore(
            SliceExchange exchange,
            SliceExchange.OfTenant said,
            Map<String, SliceExchange.Grant> granted,
            long cell,
            Moment now) {
        RunSlices run = run(exchange);
        run.restore(exchange.sequence(), said, cell, now);
        for (SliceExchange.Demand demand : said.demands()) {
            SliceExchange.Grant grant = granted.get(demand.limitId());
            Limit limit = limits.get(demand.limitId());
            if (grant != null && limit != null && isOfNow(limit.kind(), grant.day(), now)) {
                hold(run, demand, grant.granted(), now);
            }
        }
        forgetIdle(exchange.runId(), run, now);
    }

    /**
     * Whether a limit that refuses a request may let it pass when gateways have spoken: they may have units that they do not use, and
     * of those that have not spoken since the request came, calls may be over that ran.
     *
     * @param since when the request came, by quota's clock
     */
    boolean mayFree(Refusal refusal, long since, Moment now) {
        Limit limit = limits.get(refusal.limit().limitId());
        if (limit == null || limit.amount(now.at()) == 0) {
            return false;
        }
        long loose = runs.values().stream()
                .mapToLong(run -> run.loose(limit, since, now))
                .sum();
        long used = meters.at(limit.scope()).used(limit.kind(), now);
        return loose > 0 && Math.max(0, used - loose) <= limit.amount(now.at()) - refusal.needed();
    }

    /** Asks gateways for what they do not use of a limit, each with the answer to its next exchange. */
    void recall(Limit limit, Moment now) {
        recalled.put(limit.limitId(), now.nanos() + RECALLED_NANOS);
    }

    /** Frees units that a run no longer has, and takes over how it stands, unless a later exchange has spoken of that. */
    void giveBack(GivenBack given, Moment now) {
        RunSlices run = runs.get(given.runId());
        if (run != null) {
            run.giveBack(given, now);
        }
    }

    /**
     * Takes back all that a run holds: it said nothing of this tenant.
     *
     * @return whether what it said before may still matter
     */
    boolean release(String runId, Moment now) {
        return change(runId, now, run -> run.releaseAll(now));
    }

    /**
     * Counts all that a lost run held as used just now, for it may have been used until now. What it reported before may still turn
     * out smaller, if it comes back; and what it holds by calendar stays held, until the ledger has what became of it. May be repeated.
     *
     * @return whether what it said before may still matter
     */
    boolean lapse(String runId, Moment now) {
        return change(runId, now, run -> run.lapse(now));
    }

    /** Notes that a call that a gateway admitted by itself came to the ledger. */
    void recorded(String gatewayId) {
        runs.values().forEach(run -> run.recorded(gatewayId));
    }

    /** Lets go of what a run holds of limits by calendar: the ledger has what became of it, or another run keeps it. */
    void letGoByCalendar(String runId, Moment now) {
        RunSlices run = runs.get(runId);
        if (run != null) {
            run.letGo(LimitKind::isByCalendar, now);
        }
    }

    /** Gives the slots of a run that is silent to others. */
    void lapseSlots(String runId, Moment now) {
        RunSlices run = runs.get(runId);
        if (run != null) {
            run.letGo(kind -> kind == LimitKind.CONCURRENT_REQUESTS, now);
        }
    }

    private RunSlices run(SliceExchange exchange) {
        return runs.computeIfAbsent(exchange.runId(), runId -> new RunSlices(exchange.gatewayId(), meters));
    }

    private boolean change(String runId, Moment now, Consumer<RunSlices> work) {
        RunSlices run = runs.get(runId);
        if (run == null) {
            return false;
        }
        work.accept(run);
        forgetIdle(runId, run, now);
        return runs.containsKey(runId);
    }

    /**
     * How long all that a gateway has of a limit may be used at most: nothing that a raise made possible is used after it. What is kept when
     * it is over, and is more than there is then, is not used at all, but comes back with the next exchange.
     */
    private static Optional<Duration> term(Limit limit, long remaining, Moment now) {
        if (limit.raise().isEmpty()) {
            return Optional.empty();
        }
        LimitRaise raise = limit.raise().get();
        if (!raise.holds(now.at())) {
            return remaining < 0 ? Optional.of(Duration.ZERO) : Optional.empty();
        }
        Duration left = Duration.between(now.at(), raise.until());
        Duration certain = left.multipliedBy(CERTAIN_PERCENT).dividedBy(100).minus(CLOCK_STEP);
        return Optional.of(certain.isNegative() ? Duration.ZERO : certain);
    }

    private boolean isRecalled(Limit limit, Moment now) {
        return recalled.computeIfPresent(limit.limitId(), (id, until) -> now.nanos() < until ? until : null) != null;
    }

    private static long granted(Limit limit, SliceExchange.Demand demand, long share) {
        long granted = Math.max(0, Math.min(demand.wanted(), share));
        long free = demand.kept() - (RunSlices.keepsWhatRuns(limit) ? demand.running() : 0) + granted;
        return free < demand.least() ? 0 : granted;
    }

    /** What is kept of a day or month that is over counts nowhere. */
    private static SliceExchange.Demand present(Limit limit, SliceExchange.Demand stated, Moment now) {
        return isOfNow(limit.kind(), stated.day(), now) ? stated : stated.keepingNothing();
    }

    private static boolean isOfNow(LimitKind kind, Optional<LocalDate> day, Moment now) {
        return day.isEmpty() || kind.period(day.get()) == kind.period(now.day());
    }

    private static Optional<LocalDate> day(Limit limit, Moment now) {
        return limit.kind().isByCalendar() ? Optional.of(now.day()) : Optional.empty();
    }

    /** Replaces what a run holds of a limit. */
    private void hold(RunSlices run, SliceExchange.Demand stated, long granted, Moment now) {
        Limit limit = limits.get(stated.limitId());
        if (limit != null) {
            run.hold(limit, present(limit, stated, now), granted, now);
        }
    }

    private void forgetIdle(String runId, RunSlices run, Moment now) {
        if (run.isIdle(now)) {
            runs.remove(runId);
        }
    }
}
