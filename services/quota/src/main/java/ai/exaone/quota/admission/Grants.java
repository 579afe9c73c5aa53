package ai.exaone.quota.admission;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The slices that gateways hold of one tenant's limits. A unit counts as used from its grant on, until its gateway says what became
 * of it or is silent for too long. Not thread-safe: {@link Book} guards it.
 */
final class Grants {
    private static final Set<LimitKind> SLICED =
            EnumSet.of(LimitKind.REQUESTS_PER_MINUTE, LimitKind.TOKENS_PER_MINUTE, LimitKind.CONCURRENT_REQUESTS);
    /** For so long nothing more is granted of a limit that a request waited for. */
    private static final long RECALLED_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** A run that has anything speaks every 800 ms: one that is silent for so long is not waited for. */
    private static final long WAITED_FOR_NANOS = TimeUnit.SECONDS.toNanos(2);

    /**
     * What one run holds of one limit.
     *
     * @param unused how many of the units nobody uses, by the run's last word, and tokens that it is about to return
     * @param running of concurrent requests, how many of the units run; of tokens, how many that are counted as used may come back
     * @param saidNanos when the run spoke last
     */
    private record Held(Limit limit, long units, long unused, long running, long saidNanos) {
        /** What may become free, at most, when the run speaks again. */
        long loose(long since, long now) {
            if (now - saidNanos > WAITED_FOR_NANOS) {
                return 0;
            }
            if (saidNanos >= since) {
                return unused;
            }
            // What it said that it is about to return has not come back yet.
            return limit.kind() == LimitKind.CONCURRENT_REQUESTS ? units : Math.max(units, unused) + running;
        }
    }

    /** One run's slices, and the cells that its exchanges counted in. */
    private static final class OfRun {
        private final Map<String, Held> held = new HashMap<>();
        private final Map<Long, Long> cells = new HashMap<>();
        private long sequence;
        /** Whether it was read from the database: what came back with calls before that is not known. */
        private boolean restored;
    }

    private final Meters meters;
    private final Map<String, Limit> limits = new HashMap<>();
    private final Map<String, OfRun> runs = new HashMap<>();
    /** Limits of which nothing is granted, by their ids, and until when. */
    private final Map<String, Long> recalled = new HashMap<>();

    Grants(Meters meters) {
        this.meters = meters;
    }

    void put(Limit limit) {
        if (SLICED.contains(limit.kind())) {
            limits.put(limit.limitId(), limit);
        }
    }

    /** What was granted of a limit that is gone is counted nowhere any more, except by its use. */
    void remove(Limit limit) {
        limits.remove(limit.limitId());
        recalled.remove(limit.limitId());
        runs.values().forEach(run -> release(run.held.remove(limit.limitId())));
    }

    /**
     * Counts what a run used, takes over what it says it keeps, and grants what it asks for as far as there is enough:
     * min(remaining / (2 · gateways), what it wants), or nothing where that would not do for one request, or others wait for it.
     *
     * @param gateways how many share the limits, at least 1
     */
    List<SliceExchange.Grant> exchange(
            String runId, long sequence, SliceExchange.OfTenant said, int gateways, Moment now) {
        OfRun run = countUses(runId, sequence, said, now.cell(), now);
        run.restored = false;
        said.demands().forEach(demand -> hold(run, demand, 0, now));
        var grants = new ArrayList<SliceExchange.Grant>();
        for (SliceExchange.Demand demand : said.demands()) {
            Limit limit = limits.get(demand.limitId());
            if (limit != null) {
                long remaining = remaining(limit, now);
                boolean isRecalled = isRecalled(limit, now);
                long granted = isRecalled ? 0 : granted(demand, remaining / (2L * gateways));
                hold(run, demand, granted, now);
                grants.add(new SliceExchange.Grant(
                        demand.limitId(), granted, Math.max(0, remaining - granted), isRecalled));
            }
        }
        forgetIdle(runId, run);
        return grants;
    }

    /**
     * Takes over an exchange from the database.
     *
     * @param granted by limit
     * @param cell in which it was answered
     */
    void restore(
            String runId,
            long sequence,
            SliceExchange.OfTenant said,
            Map<String, Long> granted,
            long cell,
            Moment now) {
        OfRun run = countUses(runId, sequence, said, cell, now);
        run.restored = true;
        said.demands().forEach(demand -> hold(run, demand, granted.getOrDefault(demand.limitId(), 0L), now));
        forgetIdle(runId, run);
    }

    /**
     * Whether a limit that refuses a request may let it pass when gateways have spoken: they may have units that they do not use, and
     * of those that have not spoken since the request came, calls may be over that ran.
     *
     * @param since when the request came, by quota's clock
     */
    boolean mayFree(Refusal refusal, long since, Moment now) {
        Limit limit = limits.get(refusal.limit().limitId());
        if (limit == null || limit.value() == 0) {
            return false;
        }
        long loose = runs.values().stream()
                .map(run -> run.held.get(limit.limitId()))
                .filter(Objects::nonNull)
                .mapToLong(held -> held.loose(since, now.nanos()))
                .sum();
        long used = meters.at(limit.scope()).used(limit.kind(), now);
        return loose > 0 && Math.max(0, used - loose) <= limit.value() - refusal.needed();
    }

    /** Asks gateways for what they do not use of a limit, each with the answer to its next exchange. */
    void recall(Limit limit, Moment now) {
        recalled.put(limit.limitId(), now.nanos() + RECALLED_NANOS);
    }

    /** Frees units that a run no longer has, and takes over how it stands, unless a later exchange has spoken of that. */
    void giveBack(GivenBack given, Moment now) {
        OfRun run = runs.get(given.runId());
        if (run != null && run.sequence == given.sequence()) {
            given.slices()
                    .forEach((limitId, said) -> run.held.computeIfPresent(limitId, (id, held) -> {
                        release(held);
                        long units = Math.max(0, held.units - said.units());
                        var rest = run.restored
                                ? new Held(held.limit, units, held.unused, held.running, held.saidNanos)
                                : new Held(held.limit, units, said.unused(), said.running(), now.nanos());
                        take(rest);
                        return rest;
                    }));
        }
    }

    /**
     * Takes back all that a run holds: it said nothing of this tenant.
     *
     * @return whether what it said before may still matter
     */
    boolean release(String runId, Moment now) {
        OfRun run = runs.get(runId);
        if (run == null) {
            return false;
        }
        releaseAll(run);
        forgetOld(run, now);
        forgetIdle(runId, run);
        return runs.containsKey(runId);
    }

    /** Gives the slots of a run that is silent to others. */
    void lapseSlots(String runId) {
        OfRun run = runs.get(runId);
        if (run != null) {
            run.held.values().removeIf(held -> {
                boolean isSlots = held.limit.kind() == LimitKind.CONCURRENT_REQUESTS;
                if (isSlots) {
                    release(held);
                }
                return isSlots;
            });
        }
    }

    /**
     * Counts all that a lost run held as used just now, for it may have been used until now. What it reported before may still turn
     * out smaller, if it comes back. May be repeated.
     *
     * @return whether what it said before may still matter
     */
    boolean lapse(String runId, Moment now) {
        lapseSlots(runId);
        OfRun run = runs.get(runId);
        if (run == null) {
            return false;
        }
        for (Held held : run.held.values()) {
            release(held);
            meters.at(held.limit.scope()).countUse(now, now.cell(), held.limit.kind(), held.units);
        }
        run.held.clear();
        forgetOld(run, now);
        forgetIdle(runId, run);
        return runs.containsKey(runId);
    }

    private OfRun countUses(String runId, long sequence, SliceExchange.OfTenant said, long cell, Moment now) {
        OfRun run = runs.computeIfAbsent(runId, unused -> new OfRun());
        forgetOld(run, now);
        run.cells.put(sequence, cell);
        run.sequence = sequence;
        for (SliceExchange.Use use : said.uses()) {
            count(use.caller(), cell, use.requests(), use.tokens(), now);
        }
        for (SliceExchange.Return returned : said.returns()) {
            Long counted = run.cells.get(returned.sequence());
            if (counted != null) {
                count(returned.caller(), counted, 0, -returned.tokens(), now);
            }
        }
        releaseAll(run);
        return run;
    }

    private void count(SliceExchange.Caller caller, long cell, long requests, long tokens, Moment now) {
        for (Meter meter : meters.above(caller.projectId(), caller.keyId(), caller.model())) {
            meter.countUse(now, cell, LimitKind.REQUESTS_PER_MINUTE, requests);
            meter.countUse(now, cell, LimitKind.TOKENS_PER_MINUTE, tokens);
        }
    }

    private long remaining(Limit limit, Moment now) {
        return limit.value() - meters.at(limit.scope()).used(limit.kind(), now);
    }

    private boolean isRecalled(Limit limit, Moment now) {
        return recalled.computeIfPresent(limit.limitId(), (id, until) -> now.nanos() < until ? until : null) != null;
    }

    private static long granted(SliceExchange.Demand demand, long share) {
        long granted = Math.max(0, Math.min(demand.wanted(), share));
        return demand.kept() + granted < demand.least() ? 0 : granted;
    }

    /** Replaces what a run holds of a limit. */
    private void hold(OfRun run, SliceExchange.Demand demand, long granted, Moment now) {
        Limit limit = limits.get(demand.limitId());
        if (limit == null) {
            return;
        }
        release(run.held.get(limit.limitId()));
        long units = demand.kept() + granted;
        long unused = Math.max(0, units - slots(limit, demand.running()));
        var held = new Held(limit, units, unused, demand.running(), now.nanos());
        run.held.put(limit.limitId(), held);
        take(held);
    }

    /** How many units of a limit are taken by what runs. */
    private static long slots(Limit limit, long running) {
        return limit.kind() == LimitKind.CONCURRENT_REQUESTS ? running : 0;
    }

    private void take(Held held) {
        meters.at(held.limit.scope()).grant(held.limit.kind(), held.units, held.running);
    }

    private void releaseAll(OfRun run) {
        run.held.values().forEach(this::release);
        run.held.clear();
    }

    private void release(@Nullable Held held) {
        if (held != null) {
            meters.at(held.limit.scope()).grant(held.limit.kind(), -held.units, -held.running);
        }
    }

    private static void forgetOld(OfRun run, Moment now) {
        run.cells.values().removeIf(counted -> counted <= now.cell() - MinuteWindow.CELLS);
    }

    private void forgetIdle(String runId, OfRun run) {
        run.held.values().removeIf(held -> held.units == 0 && held.running == 0);
        if (run.held.isEmpty() && run.cells.isEmpty()) {
            runs.remove(runId);
        }
    }
}
