package ai.exaone.quota.admission;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitUse;
import ai.exaone.quota.price.Price;
import ai.exaone.quota.usage.Outcome;
import ai.exaone.quota.usage.UsageRecord;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * One tenant's requests, meters and limits. Thread-safe: whatever is decided is checked and taken under one lock, and put into the
 * journal in that order.
 */
final class Book {
    /**
     * What became of a settled request.
     *
     * @param gatewayId who forwarded it
     * @param micros what it costs
     */
    record Settlement(String gatewayId, long micros) {}

    /**
     * How a request waits for gateways to free what it needs.
     *
     * @param since when it came, by quota's clock
     * @param isOver whether it is refused now, if it does not fit in
     */
    record Waiting(long since, boolean isOver) {}

    private final String tenantId;
    private final TenantCalendar calendar;
    private final Journal journal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Meters meters;
    private final Grants grants;
    private final HeldRequests requests;
    private final Answers answers;
    private final Freed freed = new Freed();

    Book(String tenantId, TenantCalendar calendar, Journal journal) {
        this.tenantId = tenantId;
        this.calendar = calendar;
        this.journal = journal;
        this.meters = new Meters(calendar);
        this.grants = new Grants(meters);
        this.requests = new HeldRequests(meters);
        this.answers = new Answers(meters);
    }

    /**
     * Decides about a request; the same request id gets the first answer again. Empty where gateways may yet free what it needs: they
     * are asked to, and the request is to be brought again when something is {@link #freed}.
     *
     * @param given what its gateway gives back first
     * @param waiting how it waits
     */
    Optional<Stored<Answer>> admit(AdmissionRequest request, GivenBack given, Optional<Price> price, Waiting waiting) {
        Optional<Stored<Answer>> decided = locked(() -> decided(request, given, price, waiting));
        if (given.slices().values().stream().anyMatch(slice -> slice.units() > 0)) {
            freed.some();
        }
        return decided;
    }

    private Optional<Stored<Answer>> decided(
            AdmissionRequest request, GivenBack given, Optional<Price> price, Waiting waiting) {
        Optional<HeldRequest> known = requests.find(request.requestId());
        if (known.isPresent()) {
            Hold hold = known.get().hold;
            List<Meter> above = requests.metersOf(hold);
            return Optional.of(new Stored<>(answers.admitted(hold, above, calendar.now()), known.get().stored));
        }
        Optional<Answer> refusal = answers.refusal(request.requestId());
        if (refusal.isPresent()) {
            return refusal.map(Stored::already);
        }
        grants.giveBack(given, calendar.now());
        return decide(request, price, waiting);
    }

    /** Tells of whatever requests may wait for. */
    Freed freed() {
        return freed;
    }

    /**
     * Replaces what a request holds by what it used, once; empty when no such request is remembered.
     *
     * @param micros what it cost, by what it holds
     */
    Optional<Stored<Settlement>> settle(String requestId, long tokens, ToLongFunction<Hold> micros) {
        Optional<Stored<Settlement>> settled =
                locked(() -> requests.find(requestId).map(request -> {
                    if (request.state == HoldState.HELD || request.state == HoldState.SWEPT) {
                        long amount = micros.applyAsLong(request.hold);
                        request.stored = journal.submit(
                                requests.close(request, HoldState.SETTLED, tokens, amount, calendar.now()));
                    }
                    return new Stored<>(
                            new Settlement(request.hold.gatewayId(), request.count.micros()), request.stored);
                }));
        freed.some();
        return settled;
    }

    /**
     * Gives the ledger the last word on a request.
     *
     * @return what to write in the transaction that stores the ledger's record; empty when no such request is remembered
     */
    Optional<List<JournalEntry>> record(String requestId, long tokens, long micros) {
        Optional<List<JournalEntry>> recorded = locked(() -> requests.find(requestId)
                .map(request -> request.state == HoldState.RECORDED
                        ? List.of()
                        : requests.close(request, HoldState.RECORDED, tokens, micros, calendar.now())));
        freed.some();
        return recorded;
    }

    /** As {@link #record}, also of a request that the ledger had the last word on before, and has another now. */
    Optional<List<JournalEntry>> correct(String requestId, long tokens, long micros) {
        return locked(() -> requests.find(requestId)
                .map(request -> requests.close(request, HoldState.RECORDED, tokens, micros, calendar.now())));
    }

    /**
     * Counts what a call used that was not admitted here; returns what to write.
     *
     * @param gatewayId whose spool it comes from
     * @param before what the ledger had of it until now: that counts no longer
     */
    List<JournalEntry> recordUnadmitted(String gatewayId, UsageRecord call, Optional<UsageRecord> before) {
        return locked(() -> {
            call.limitDay().ifPresent(day -> {
                calendar.counted(day);
                grants.recorded(gatewayId);
            });
            JournalEntry.Used used = used(call, 1);
            if (before.isEmpty() && used.tokens() == 0 && used.micros() == 0) {
                return List.of();
            }
            meters.requireRoom(used);
            var counted = new ArrayList<JournalEntry.Used>();
            before.ifPresent(gone -> counted.add(used(gone, -1)));
            counted.add(used);
            counted.forEach(meters::count);
            return List.copyOf(counted);
        });
    }

    private JournalEntry.Used used(UsageRecord call, int sign) {
        return JournalEntry.Used.of(call, call.limitDay().orElseGet(() -> calendar.dayOf(call.startedAt())), sign);
    }

    /**
     * What limits in shadow would have refused of a call that the ledger has now, and that counts by now; returns what to write.
     */
    List<JournalEntry> wouldRefuse(UsageRecord call) {
        if (call.result().outcome() == Outcome.REFUSED) {
            return List.of();
        }
        return locked(() -> {
            if (!meters.hasShadows()) {
                return List.of();
            }
            LocalDate day = requests.find(call.requestId())
                    .map(request -> request.hold.day())
                    .or(call::limitDay)
                    .orElseGet(() -> calendar.dayOf(call.startedAt()));
            return meters.wouldRefuse(call, day, calendar.now()).stream()
                    .<JournalEntry>map(limit -> JournalEntry.Shadowed.of(limit, call, day))
                    .toList();
        });
    }

    /** Takes over what a limit in shadow would have refused on a day. */
    void restore(JournalEntry.Shadowed shadowed) {
        run(() -> meters.restore(shadowed));
    }

    /** The hold of a request that is remembered. */
    Optional<Hold> hold(String requestId) {
        return locked(() -> requests.find(requestId).map(request -> request.hold));
    }

    /** Takes back a request that could not be stored. */
    void discard(String requestId) {
        run(() -> requests.discard(requestId, calendar.now()));
        freed.some();
    }

    LimitUse use(Limit limit) {
        return locked(() -> meters.use(limit, calendar.now()));
    }

    void put(Limit limit) {
        run(() -> {
            meters.put(limit, calendar.now());
            if (limit.isShadow()) {
                grants.remove(limit, calendar.now());
            } else {
                grants.put(limit);
            }
        });
        freed.any();
    }

    void remove(Limit limit) {
        run(() -> {
            meters.remove(limit);
            grants.remove(limit, calendar.now());
        });
        freed.any();
    }

    /** Looks after the slices that gateways hold. */
    <T> T withGrants(BiFunction<Grants, Moment, T> work) {
        T done = locked(() -> work.apply(grants, calendar.now()));
        freed.any();
        return done;
    }

    /** Takes over what was used on a day, as the database sums it up. */
    void restoreUsed(JournalEntry.Used used) {
        run(() -> {
            calendar.counted(used.key().day());
            meters.count(used);
        });
    }

    /** Takes over a hold from the database, unless it is remembered. What a closed one used is in the day's sums already. */
    void restore(StoredHold stored) {
        run(() -> {
            calendar.counted(stored.hold().day());
            requests.restore(stored, calendar.now());
        });
    }

    /** Shows every open request to a visitor, which may change it. */
    void visitOpen(Consumer<OpenRequest> visitor) {
        run(() -> {
            Moment now = calendar.now();
            requests.open().forEach(request -> visitor.accept(new OpenRequest(request, requests, journal, now)));
        });
        freed.any();
    }

    /** Forgets requests that were closed long ago, and meters that count nothing. */
    void forget(Duration memory) {
        run(() -> {
            Moment now = calendar.now();
            requests.forget(memory, now);
            meters.forgetIdle(now);
        });
    }

    private Optional<Stored<Answer>> decide(AdmissionRequest request, Optional<Price> price, Waiting waiting) {
        Demand demand = Demand.of(request, price);
        Moment now = calendar.now();
        List<Meter> above = meters.above(request.projectId(), request.keyId(), request.agentId(), request.model());
        List<Refusal> refusals = meters.refusals(above, demand, now);
        if (!refusals.isEmpty()) {
            return refusal(refusals, waiting, now)
                    .map(refusal -> Stored.already(answers.refuse(request.requestId(), refusal, above, now)));
        }
        meters.requireRoom(above, demand.micros());
        journal.requireRoom();
        Hold hold = hold(request, price, demand, now);
        HeldRequest held = requests.open(hold, now);
        held.stored = journal.submit(List.of(new JournalEntry.Opened(hold)));
        return Optional.of(new Stored<>(answers.admitted(hold, above, now), held.stored));
    }

    /** The one to be told of; empty where none is certain yet. */
    private Optional<Refusal> refusal(List<Refusal> refusals, Waiting waiting, Moment now) {
        List<Refusal> certain = refusals.stream()
                .filter(refusal -> !grants.mayFree(refusal, waiting.since(), now))
                .toList();
        if (!certain.isEmpty()) {
            return Optional.of(Refusal.longest(certain));
        }
        refusals.forEach(refusal -> grants.recall(refusal.limit(), now));
        return waiting.isOver() ? Optional.of(Refusal.longest(refusals)) : Optional.empty();
    }

    private Hold hold(AdmissionRequest request, Optional<Price> price, Demand demand, Moment now) {
        return new Hold(
                request.requestId(),
                tenantId,
                request.projectId(),
                request.keyId(),
                request.agentId(),
                request.model(),
                request.gatewayId(),
                price.map(Price::priceId).orElse(""),
                demand.slots(),
                demand.tokens(),
                demand.micros(),
                now.day(),
                now.at());
    }

    private void run(Runnable work) {
        locked(() -> {
            work.run();
            return true;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
