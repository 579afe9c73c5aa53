package ai.exaone.quota.admission;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a gateway holds of one tenant's limits, and the cells that its exchanges counted in. What it holds counts in the meters.
 * Not thread-safe: {@link Book} guards it.
 */
final class RunSlices {
    /** A run that has anything speaks every 800 ms: one that is silent for so long is not waited for. */
    private static final long WAITED_FOR_NANOS = TimeUnit.SECONDS.toNanos(2);

    /**
     * What it holds of one limit.
     *
     * @param period that it is of
     * @param unused how many of the units nobody uses, by the run's last word, and tokens that it is about to return; by calendar, those
     *     too that the ledger may have by now
     * @param running of concurrent requests and by calendar, how many of the units run; of tokens per minute, how many that are counted
     *     as used may come back
     * @param saidNanos when the run spoke last
     */
    private record Held(Limit limit, long period, long units, long unused, long running, long saidNanos) {
        boolean isOver(Moment now) {
            return period != limit.kind().period(now.day());
        }

        boolean isNothing() {
            return units == 0 && running == 0;
        }

        /** What may become free, at most, when the run speaks again. */
        long loose(long since, long now) {
            if (now - saidNanos > WAITED_FOR_NANOS) {
                return 0;
            }
            if (saidNanos >= since) {
                return unused;
            }
            // What it said that it is about to return has not come back yet.
            return keepsWhatRuns(limit) ? units : Math.max(units, unused) + running;
        }
    }

    private final String gatewayId;
    private final Meters meters;
    private final Map<String, Held> held = new HashMap<>();
    private final Map<Long, Long> cells = new HashMap<>();
    private long sequence;
    /** Whether it was read from the database: what came back with calls before that is not known. */
    private boolean restored;
    /** Whether calls of its gateway came to the ledger since its last word. */
    private boolean recordedSince;
    /** Whether some came between its last two words: it may not have known of them when it said the last one. */
    private boolean recordedMeanwhile;

    RunSlices(String gatewayId, Meters meters) {
        this.gatewayId = gatewayId;
        this.meters = meters;
    }

    /** Whether the units that a run keeps are also those that requests hold that run. */
    static boolean keepsWhatRuns(Limit limit) {
        return limit.kind() == LimitKind.CONCURRENT_REQUESTS || limit.kind().isByCalendar();
    }

    /** Counts what an exchange says that was used, and takes back all that is held: the exchange says what is kept. */
    void hear(long number, SliceExchange.OfTenant said, Moment now) {
        countUses(number, said, now.cell(), now);
        restored = false;
        recordedMeanwhile = recordedSince;
        recordedSince = false;
    }

    /** Notes that a call that a gateway admitted by itself came to the ledger. */
    void recorded(String byGateway) {
        recordedSince |= gatewayId.equals(byGateway);
    }

    /**
     * Takes over an exchange from the database, but for what is held.
     *
     * @param cell in which it was answered
     */
    void restore(long number, SliceExchange.OfTenant said, long cell, Moment now) {
        countUses(number, said, cell, now);
        restored = true;
    }

    /** Replaces what is held of a limit. */
    void hold(Limit limit, SliceExchange.Demand demand, long granted, Moment now) {
        release(held.get(limit.limitId()), now);
        long units = demand.kept() + granted;
        long unused = Math.max(0, units - (keepsWhatRuns(limit) ? demand.running() : 0));
        var kept = new Held(limit, limit.kind().period(now.day()), units, unused, demand.running(), now.nanos());
        held.put(limit.limitId(), kept);
        take(kept, now);
    }

    /**
     * What may become free of a limit, at most, when the run speaks again.
     *
     * @param since only what the run said after it is its last word
     */
    long loose(Limit limit, long since, Moment now) {
        Held ofLimit = held.get(limit.limitId());
        if (ofLimit == null) {
            return 0;
        }
        // What ran by its last word and is in the ledger by now counts twice until the next one.
        boolean countsTwice =
                (recordedSince || recordedMeanwhile) && limit.kind().isByCalendar();
        return ofLimit.loose(countsTwice ? Long.MAX_VALUE : since, now.nanos());
    }

    /** Frees units that the run no longer has, and takes over how it stands, unless a later exchange has spoken of that. */
    void giveBack(GivenBack given, Moment now) {
        if (sequence == given.sequence()) {
            given.slices()
                    .forEach((limitId, said) ->
                            held.computeIfPresent(limitId, (id, before) -> without(before, said, now)));
        }
    }

    private Held without(Held before, GivenBack.OfLimit said, Moment now) {
        release(before, now);
        long units = Math.max(0, before.units - said.units());
        Held rest = restored
                ? new Held(before.limit, before.period, units, before.unused, before.running, before.saidNanos)
                : new Held(before.limit, before.period, units, said.unused(), said.running(), now.nanos());
        take(rest, now);
        return rest;
    }

    /** Takes back what is held of a limit. */
    void release(Limit limit, Moment now) {
        release(held.remove(limit.limitId()), now);
    }

    /** Takes back all that is held. */
    void releaseAll(Moment now) {
        held.values().forEach(one -> release(one, now));
        held.clear();
        forgetOld(now);
    }

    /** Takes back what is held of limits of some kinds. */
    void letGo(Predicate<LimitKind> kinds, Moment now) {
        held.values().removeIf(one -> {
            boolean goes = kinds.test(one.limit.kind());
            if (goes) {
                release(one, now);
            }
            return goes;
        });
    }

    /** Gives slots back, and counts what is held per minute as used just now. What is held by calendar stays held. */
    void lapse(Moment now) {
        letGo(kind -> kind == LimitKind.CONCURRENT_REQUESTS, now);
        held.values().removeIf(one -> {
            boolean isByMinute = !one.limit.kind().isByCalendar();
            if (isByMinute) {
                release(one, now);
                meters.at(one.limit.scope()).countUse(now, now.cell(), one.limit.kind(), one.units);
            }
            return isByMinute;
        });
        forgetOld(now);
    }

    /** Whether forgetting it loses nothing. */
    boolean isIdle(Moment now) {
        held.values().removeIf(one -> one.isOver(now) || one.isNothing());
        return held.isEmpty() && cells.isEmpty();
    }

    private void countUses(long number, SliceExchange.OfTenant said, long cell, Moment now) {
        forgetOld(now);
        cells.put(number, cell);
        sequence = number;
        for (SliceExchange.Use use : said.uses()) {
            count(use.caller(), cell, use.requests(), use.tokens(), now);
        }
        for (SliceExchange.Return returned : said.returns()) {
            Long counted = cells.get(returned.sequence());
            if (counted != null) {
                count(returned.caller(), counted, 0, -returned.tokens(), now);
            }
        }
        releaseAll(now);
    }

    private void count(SliceExchange.Caller caller, long cell, long requests, long tokens, Moment now) {
        for (Meter meter : meters.above(caller.projectId(), caller.keyId(), caller.agentId(), caller.model())) {
            meter.countUse(now, cell, LimitKind.REQUESTS_PER_MINUTE, requests);
            meter.countUse(now, cell, LimitKind.TOKENS_PER_MINUTE, tokens);
        }
    }

    private void take(Held one, Moment now) {
        if (!one.isOver(now)) {
            meters.at(one.limit.scope()).grant(one.limit.kind(), one.units, one.running, now);
        }
    }

    private void release(@Nullable Held one, Moment now) {
        if (one != null && !one.isOver(now)) {
            meters.at(one.limit.scope()).grant(one.limit.kind(), -one.units, -one.running, now);
        }
    }

    private void forgetOld(Moment now) {
        cells.values().removeIf(counted -> counted <= now.cell() - MinuteWindow.CELLS);
    }
}
