package ai.exaone.quota.admission;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A gateway as slices ask it to be, and no better: it keeps, wants and gives back what a test tells it to. One tenant, one caller. */
final class SlicingGateway {
    /** As the endpoint tells gateways: a tenth less than quota waits. */
    private static final Duration RATE_TERM = Duration.ofSeconds(9);

    private static final Duration SLOT_TERM = Duration.ofMillis(2_700);

    /** A request that it admitted by itself. */
    static final class Call {
        private final long held;
        private final String reportedBy;
        private final long reportedIn;

        private Call(long held, String reportedBy, long reportedIn) {
            this.held = held;
            this.reportedBy = reportedBy;
            this.reportedIn = reportedIn;
        }
    }

    private static final class Held {
        private long units;
        private long expires;
        private boolean recalled;
    }

    final String gatewayId;
    private final QuotaUnderTest world;
    private final List<Limit> limits;
    private final LongSupplier nanos;
    private final Map<String, Held> held = new HashMap<>();
    private final Map<Long, Long> returns = new HashMap<>();
    private String runId = QuotaUnderTest.IDS.next("slices");
    private long sequence;
    private long requests;
    private long tokens;
    private long running;
    private long tokensRunning;
    private @Nullable SliceExchange unanswered;
    private long firstSent;

    /**
     * @param nanos its own clock
     */
    SlicingGateway(String gatewayId, QuotaUnderTest world, List<Limit> limits, LongSupplier nanos) {
        this.gatewayId = gatewayId;
        this.world = world;
        this.limits = limits;
        this.nanos = nanos;
    }

    /** Admits a request from what it has, if that is enough. */
    Optional<Call> admit(long heldTokens) {
        boolean covered = limits.stream().allMatch(limit -> free(limit) >= need(limit, heldTokens));
        if (!covered) {
            return Optional.empty();
        }
        limits.stream()
                .filter(limit -> limit.kind() != LimitKind.CONCURRENT_REQUESTS)
                .forEach(limit -> slice(limit).units -= need(limit, heldTokens));
        requests++;
        tokens += heldTokens;
        running++;
        tokensRunning += heldTokens;
        return Optional.of(new Call(heldTokens, runId, sequence + 1));
    }

    /** Gives back units of each slice and says how it stands, unless an exchange is not answered. */
    GivenBack giveBack(long most) {
        if (unanswered != null || sequence == 0) {
            return GivenBack.NOTHING;
        }
        var slices = new HashMap<String, GivenBack.OfLimit>();
        for (Limit limit : limits) {
            long given = Math.min(Math.max(0, free(limit)), most);
            slice(limit).units -= given;
            slices.put(
                    limit.limitId(),
                    new GivenBack.OfLimit(given, Math.max(0, unused(limit)) + returned(limit), running(limit)));
        }
        return new GivenBack(runId, sequence, slices);
    }

    void settle(Call call, long used) {
        running--;
        tokensRunning -= call.held;
        long unused = call.held - used;
        if (!call.reportedBy.equals(runId)) {
            return;
        }
        if (call.reportedIn == sequence + 1) {
            tokens -= unused;
            limits.stream()
                    .filter(limit -> limit.kind() == LimitKind.TOKENS_PER_MINUTE)
                    .forEach(limit -> slice(limit).units += unused);
        } else if (unused > 0) {
            returns.merge(call.reportedIn, unused, Long::sum);
        }
    }

    /**
     * Has an exchange, or repeats the one that was not answered.
     *
     * @param keep how much of its free units it keeps of each limit
     * @param lost whether the answer does not arrive
     */
    void exchange(Function<SliceExchange, List<SliceExchange.Grant>> quota, long keep, long want, boolean lost) {
        SliceExchange exchange = unanswered;
        if (exchange == null) {
            firstSent = nanos.getAsLong();
            exchange = statement(keep, want);
            unanswered = exchange;
        }
        List<SliceExchange.Grant> grants = quota.apply(exchange);
        if (lost) {
            return;
        }
        unanswered = null;
        for (SliceExchange.Grant grant : grants) {
            limits.stream()
                    .filter(limit -> limit.limitId().equals(grant.limitId()))
                    .forEach(limit -> {
                        slice(limit).units += grant.granted();
                        slice(limit).recalled = grant.recalled();
                        slice(limit).expires = firstSent + term(limit, grant).toNanos();
                    });
        }
    }

    /** Begins a new account, as after an exchange that is no longer answered. */
    void beginAgain() {
        runId = QuotaUnderTest.IDS.next("slices");
        sequence = 0;
        unanswered = null;
        returns.clear();
        held.clear();
    }

    private SliceExchange statement(long keep, long want) {
        sequence++;
        var caller = new SliceExchange.Caller(world.project, world.key, QuotaUnderTest.MODEL);
        var returned = new ArrayList<SliceExchange.Return>();
        returns.forEach((reportedIn, unused) -> returned.add(new SliceExchange.Return(reportedIn, caller, unused)));
        var demands = new ArrayList<SliceExchange.Demand>();
        for (Limit limit : limits) {
            boolean isSlots = limit.kind() == LimitKind.CONCURRENT_REQUESTS;
            long unused = slice(limit).recalled ? 0 : Math.min(Math.max(0, free(limit)), keep);
            long kept = unused + (isSlots ? running : 0);
            slice(limit).units = kept;
            demands.add(new SliceExchange.Demand(limit.limitId(), kept, running(limit), want, 1));
        }
        var said = new SliceExchange.OfTenant(
                world.tenant, List.of(new SliceExchange.Use(caller, requests, tokens)), returned, demands);
        requests = 0;
        tokens = 0;
        returns.clear();
        return new SliceExchange(gatewayId, runId, sequence, List.of(said), false);
    }

    private long free(Limit limit) {
        return nanos.getAsLong() < slice(limit).expires ? unused(limit) : 0;
    }

    private long returned(Limit limit) {
        return limit.kind() == LimitKind.TOKENS_PER_MINUTE
                ? returns.values().stream().mapToLong(Long::longValue).sum()
                : 0;
    }

    private long unused(Limit limit) {
        return slice(limit).units - (limit.kind() == LimitKind.CONCURRENT_REQUESTS ? running : 0);
    }

    private long running(Limit limit) {
        return switch (limit.kind()) {
            case CONCURRENT_REQUESTS -> running;
            case TOKENS_PER_MINUTE -> tokensRunning;
            default -> 0;
        };
    }

    private static long need(Limit limit, long heldTokens) {
        return limit.kind() == LimitKind.TOKENS_PER_MINUTE ? heldTokens : 1;
    }

    private static Duration term(Limit limit, SliceExchange.Grant grant) {
        Duration ofAll = limit.kind() == LimitKind.CONCURRENT_REQUESTS ? SLOT_TERM : RATE_TERM;
        return grant.term().filter(term -> term.compareTo(ofAll) < 0).orElse(ofAll);
    }

    private Held slice(Limit limit) {
        return held.computeIfAbsent(limit.limitId(), unused -> new Held());
    }
}
