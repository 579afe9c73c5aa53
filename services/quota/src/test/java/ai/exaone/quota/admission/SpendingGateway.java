package ai.exaone.quota.admission;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.price.TokenCount;
import ai.exaone.quota.usage.Outcome;
import ai.exaone.quota.usage.SpoolPosition;
import ai.exaone.quota.usage.UsageRecord;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A gateway with slices of limits by calendar, as the protocol asks it to be and no better, whose process can die while its spool stays.
 * One tenant, one caller, one price.
 */
final class SpendingGateway {
    private static final Duration TERM = Duration.ofSeconds(9);

    /** A call that was admitted, by whomever, and what it counts for. */
    static final class Call {
        final String requestId;
        final LocalDate day;
        /** Held while it runs, used when it is over. */
        long tokens;

        private final long held;
        private final boolean sliced;
        private boolean running = true;
        private boolean recorded;
        /** In which limits' slices it is kept. */
        private final List<String> keptIn = new ArrayList<>();

        private Call(String requestId, LocalDate day, long tokens, boolean sliced) {
            this.requestId = requestId;
            this.day = day;
            this.tokens = tokens;
            this.held = tokens;
            this.sliced = sliced;
        }

        boolean isRunning() {
            return running;
        }
    }

    private static final class Held {
        private long units;
        private long expires;
        private boolean recalled;
        private Optional<LocalDate> day = Optional.empty();
    }

    /** What a limit counts of a number of tokens. */
    interface Counted {
        long of(Limit limit, long tokens);
    }

    final String gatewayId;
    private final List<Limit> limits;
    private final Counted counted;
    private final LongSupplier nanos;

    // What a process remembers.
    private Map<String, Held> held = new HashMap<>();
    private List<Call> calls = new ArrayList<>();
    private String runId = QuotaUnderTest.IDS.next("slices");
    private long sequence;
    private boolean caughtUp;
    private @Nullable SliceExchange unanswered;
    private long firstSent;
    private int inDoubt;

    // What the disk remembers: the calls that are over, and how many of them were there when the process began.
    private final List<Call> spool = new ArrayList<>();
    private int began;
    private int drained;

    SpendingGateway(String gatewayId, List<Limit> limits, Counted counted, LongSupplier nanos) {
        this.gatewayId = gatewayId;
        this.limits = limits;
        this.counted = counted;
        this.nanos = nanos;
    }

    /** Admits a call from what it has, if that is enough. */
    Optional<Call> admit(long tokens) {
        if (limits.stream().anyMatch(limit -> free(limit) < counted.of(limit, tokens))) {
            return Optional.empty();
        }
        LocalDate day = slice(limits.getFirst()).day.orElseThrow();
        var call = new Call(QuotaUnderTest.IDS.next("req"), day, tokens, true);
        for (Limit limit : limits) {
            slice(limit).units -= counted.of(limit, tokens);
            call.keptIn.add(limit.limitId());
        }
        calls.add(call);
        return Optional.of(call);
    }

    /** Notes a call that quota admitted. */
    Call admitted(String requestId, LocalDate day, long tokens) {
        var call = new Call(requestId, day, tokens, false);
        calls.add(call);
        return call;
    }

    /** Gives back units of each slice and says how it stands, unless an exchange is not answered. */
    GivenBack giveBack(long most) {
        if (unanswered != null || sequence == 0) {
            return GivenBack.NOTHING;
        }
        var slices = new HashMap<String, GivenBack.OfLimit>();
        for (Limit limit : limits) {
            Held slice = slice(limit);
            long given = Math.min(Math.max(0, slice.units), most);
            slice.units -= given;
            long ended = kept(limit) - running(limit);
            slices.put(limit.limitId(), new GivenBack.OfLimit(given, Math.max(0, slice.units) + ended, running(limit)));
        }
        return new GivenBack(runId, sequence, slices);
    }

    /** Ends a call that runs; what it did not use may be used again. */
    void end(Call call, long used) {
        call.running = false;
        call.tokens = used;
        spool.add(call);
        for (Limit limit : limits) {
            if (call.keptIn.contains(limit.limitId())) {
                slice(limit).units += counted.of(limit, call.held) - counted.of(limit, used);
            }
        }
    }

    List<Call> running() {
        return calls.stream().filter(Call::isRunning).toList();
    }

    /** Takes some records to the ledger; of an answer that is lost it learns when it asks again. */
    void drain(QuotaUnderTest quota, int most, boolean lost) {
        int watermark = Math.toIntExact(quota.ledger.watermark(gatewayId).offset());
        confirm(watermark);
        int to = Math.min(spool.size(), watermark + most);
        List<UsageRecord> records = spool.subList(watermark, to).stream()
                .map(call -> record(quota, call))
                .toList();
        inDoubt = Math.toIntExact(quota.ledger
                .append(gatewayId, new SpoolPosition(0, watermark), new SpoolPosition(0, to), records)
                .offset());
        if (!lost) {
            confirm(inDoubt);
        }
    }

    /** The process is killed: what ran ends by what it last said it used, and another process begins. */
    void die(QuotaUnderTest quota, int share) {
        for (Call call : running()) {
            call.running = false;
            call.tokens = call.tokens * (share % 5) / 4;
            spool.add(call);
        }
        began = spool.size();
        caughtUp = false;
        calls = new ArrayList<>();
        held = new HashMap<>();
        unanswered = null;
        sequence = 0;
        runId = QuotaUnderTest.IDS.next("slices");
    }

    /** Begins a new account in the same process, as after an exchange that is no longer answered. */
    void beginAgain() {
        runId = QuotaUnderTest.IDS.next("slices");
        sequence = 0;
        unanswered = null;
        held.values().forEach(slice -> slice.units = 0);
    }

    /**
     * Has an exchange, or repeats one that was not answered.
     *
     * @param keep the most units of each limit to keep
     * @param lost whether the answer does not arrive
     */
    void exchange(QuotaUnderTest quota, long keep, long want, boolean lost) {
        SliceExchange exchange = unanswered;
        if (exchange == null) {
            firstSent = nanos.getAsLong();
            exchange = statement(quota, keep, want);
            unanswered = exchange;
        }
        List<SliceExchange.Grant> grants = quota.slices.exchange(exchange);
        if (lost) {
            return;
        }
        unanswered = null;
        for (SliceExchange.Grant grant : grants) {
            limits.stream()
                    .filter(limit -> limit.limitId().equals(grant.limitId()))
                    .forEach(limit -> take(limit, grant));
        }
    }

    private void take(Limit limit, SliceExchange.Grant grant) {
        Held slice = slice(limit);
        LocalDate day = grant.day().orElseThrow();
        if (slice.day.isPresent()
                && limit.kind().period(slice.day.get()) != limit.kind().period(day)) {
            slice.units = 0;
            calls.forEach(call -> call.keptIn.remove(limit.limitId()));
        }
        slice.day = grant.day();
        slice.units += grant.granted();
        slice.recalled = grant.recalled();
        slice.expires = firstSent
                + grant.term()
                        .filter(term -> term.compareTo(TERM) < 0)
                        .orElse(TERM)
                        .toNanos();
    }

    private SliceExchange statement(QuotaUnderTest quota, long keep, long want) {
        sequence++;
        var demands = new ArrayList<SliceExchange.Demand>();
        for (Limit limit : limits) {
            Held slice = slice(limit);
            slice.units = slice.recalled ? 0 : Math.min(free(limit), keep);
            demands.add(new SliceExchange.Demand(
                    limit.limitId(), slice.units + kept(limit), running(limit), want, 1, slice.day));
        }
        var said = new SliceExchange.OfTenant(quota.tenant, List.of(), List.of(), demands);
        return new SliceExchange(gatewayId, runId, sequence, List.of(said), caughtUp);
    }

    private void confirm(int watermark) {
        for (; drained < watermark; drained++) {
            spool.get(drained).recorded = true;
        }
        caughtUp |= watermark >= began;
        calls.removeIf(call -> call.recorded);
    }

    private UsageRecord record(QuotaUnderTest quota, Call call) {
        var record = new UsageRecord(
                call.requestId,
                new UsageRecord.Caller(quota.tenant, quota.project, quota.key, quota.key, "", ""),
                QuotaUnderTest.MODEL,
                "rep_1",
                "/v1/chat/completions",
                quota.time.wall.instant(),
                Duration.ofMillis(120),
                Duration.ofMillis(900),
                new TokenCount(call.tokens, 0, 0),
                0,
                false,
                new UsageRecord.Result(Outcome.COMPLETED, 200, "", ""),
                "",
                0,
                call.sliced ? Optional.of(call.day) : Optional.empty());
        return record;
    }

    private long kept(Limit limit) {
        return calls.stream()
                .filter(call -> call.keptIn.contains(limit.limitId()))
                .mapToLong(call -> counted.of(limit, call.tokens))
                .sum();
    }

    private long running(Limit limit) {
        return calls.stream()
                .filter(call -> call.running && call.keptIn.contains(limit.limitId()))
                .mapToLong(call -> counted.of(limit, call.tokens))
                .sum();
    }

    private long free(Limit limit) {
        Held slice = slice(limit);
        return nanos.getAsLong() < slice.expires ? Math.max(0, slice.units) : 0;
    }

    private Held slice(Limit limit) {
        return held.computeIfAbsent(limit.limitId(), unused -> new Held());
    }
}
