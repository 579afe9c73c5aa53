package ai.exaone.quota.admission;

import ai.exaone.quota.price.Price;
import ai.exaone.quota.usage.Outcome;
import ai.exaone.quota.usage.SpoolPosition;
import ai.exaone.quota.usage.UsageRecord;
import ai.exaone.quota.usage.UsageStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in the calls that gateways drain from their spools. A call is stored once, with what it costs; the hold of its request then
 * counts for exactly that, whatever it was settled or swept for before. A call that was made again under the same request id, because its
 * gateway stopped for example, is the last one that was answered to the end: it costs that, once.
 * Thread-safe; one stretch of a spool at a time.
 */
public final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Generations generations;
    private final Admission admission;
    private final JournalStore holds;
    private final UsageStore records;
    private final QuotaClock clock;
    private final ReentrantLock appending = new ReentrantLock();

    public Ledger(
            Generations generations, Admission admission, JournalStore holds, UsageStore records, QuotaClock clock) {
        this.generations = generations;
        this.admission = admission;
        this.holds = holds;
        this.records = records;
        this.clock = clock;
    }

    /** Up to where a gateway's spool is stored; the beginning for one that never drained. Also a sign of the gateway's life. */
    public SpoolPosition watermark(String gatewayId) {
        return watermark(generations.current(), gatewayId);
    }

    /**
     * Stores the calls of one stretch of a spool and the new watermark, in one transaction.
     *
     * @param from where the stretch begins: when that is not the watermark, nothing is stored
     * @return the watermark that is then in force
     */
    public SpoolPosition append(String gatewayId, SpoolPosition from, SpoolPosition to, List<UsageRecord> drained) {
        appending.lock();
        try {
            Generation generation = generations.current();
            SpoolPosition watermark = watermark(generation, gatewayId);
            if (!from.equals(watermark)) {
                return watermark;
            }
            Drained news = news(drained);
            var stored = generation
                    .remembering(() -> store(generation, gatewayId, to, news))
                    .thenRun(() -> generation.watermarks.put(gatewayId, to));
            return admission.await(new Stored<>(to, stored));
        } finally {
            appending.unlock();
        }
    }

    private static SpoolPosition watermark(Generation generation, String gatewayId) {
        generation.heard(gatewayId);
        return generation.watermarks.getOrDefault(gatewayId, SpoolPosition.BEGINNING);
    }

    /**
     * What of a stretch is new.
     *
     * @param before what the ledger has of the requests among them that it has, by request
     */
    private record Drained(List<UsageRecord> calls, Map<String, UsageRecord> before) {}

    private CompletableFuture<Void> store(Generation generation, String gatewayId, SpoolPosition to, Drained news) {
        restoreHolds(generation, news.calls());
        // All prices come first: a call that cannot be priced leaves nothing changed.
        List<UsageRecord> priced =
                news.calls().stream().map(call -> priced(generation, call)).toList();
        return generation.journal.submit(settle(generation, gatewayId, to, new Drained(priced, news.before())));
    }

    private Drained news(List<UsageRecord> drained) {
        var calls = new LinkedHashMap<String, UsageRecord>();
        drained.forEach(
                call -> calls.merge(call.requestId(), call, (one, other) -> completes(other, one) ? other : one));
        dropExpired(calls);
        var before = new HashMap<String, UsageRecord>();
        for (UsageRecord known : records.recorded(Set.copyOf(calls.keySet()))) {
            UsageRecord call = Objects.requireNonNull(calls.get(known.requestId()));
            if (completes(call, known)) {
                before.put(known.requestId(), known);
            } else {
                calls.remove(known.requestId());
            }
        }
        // What a closed statement says of a call is the last word on it.
        Set<String> closed = records.closed(before.keySet());
        before.keySet().removeAll(closed);
        calls.keySet().removeAll(closed);
        return new Drained(List.copyOf(calls.values()), before);
    }

    /** What may have been recorded before it was pruned is never counted again. */
    private void dropExpired(Map<String, UsageRecord> calls) {
        Set<String> expired = records.expired(calls.keySet());
        if (!expired.isEmpty()) {
            calls.keySet().removeAll(expired);
            LOG.error(
                    "{} calls are not recorded, for they are older than what the ledger keeps: {}",
                    expired.size(),
                    expired);
        }
    }

    /** Whether a call was answered to the end, and what is known of it was not, or was made before: the last answer is the one that was used. */
    private static boolean completes(UsageRecord call, UsageRecord known) {
        return call.result().outcome() == Outcome.COMPLETED
                && call.caller().tenantId().equals(known.caller().tenantId())
                && (known.result().outcome() != Outcome.COMPLETED
                        || startOf(call).isAfter(startOf(known)));
    }

    /** As exactly as the ledger keeps it. */
    private static Instant startOf(UsageRecord call) {
        return call.startedAt().truncatedTo(ChronoUnit.MICROS);
    }

    /** Holds that were closed too long ago to be remembered come back to be corrected. */
    private void restoreHolds(Generation generation, List<UsageRecord> calls) {
        Map<String, List<String>> forgotten = calls.stream()
                .filter(call -> hold(generation, call).isEmpty())
                .collect(Collectors.groupingBy(
                        call -> call.caller().tenantId(),
                        Collectors.mapping(UsageRecord::requestId, Collectors.toList())));
        forgotten.forEach(
                (tenantId, requestIds) -> holds.find(tenantId, requestIds).forEach(generation.book(tenantId)::restore));
    }

    private UsageRecord priced(Generation generation, UsageRecord call) {
        Optional<Hold> hold = hold(generation, call);
        if (hold.isPresent()) {
            return call.priced(hold.get().priceId(), Admission.amount(generation, hold.get(), call.billed()));
        }
        Optional<Price> price = generation
                .prices()
                .byId(call.priceId())
                .or(() -> generation.prices().inForce(call.model(), call.startedAt()));
        return call.priced(
                price.map(Price::priceId).orElse(""),
                price.map(found -> found.rates().amount(call.billed())).orElse(0L));
    }

    private List<JournalEntry> settle(Generation generation, String gatewayId, SpoolPosition to, Drained priced) {
        var entries = new ArrayList<JournalEntry>();
        try {
            priced.calls().stream()
                    .map(call -> settle(
                            generation,
                            gatewayId,
                            call,
                            Optional.ofNullable(priced.before().get(call.requestId()))))
                    .forEach(entries::addAll);
        } catch (RuntimeException failure) {
            // Some of the calls are counted in memory by now and none is stored.
            generations.doubt(generation, failure);
            throw failure;
        }
        entries.add(new JournalEntry.Drained(
                gatewayId, to, priced.calls(), priced.before().keySet(), clock.instant()));
        return entries;
    }

    private Collection<JournalEntry> settle(
            Generation generation, String gatewayId, UsageRecord call, Optional<UsageRecord> before) {
        Book book = generation.book(call.caller().tenantId());
        long tokens = call.billed().total();
        long micros = call.amountMicros();
        Optional<List<JournalEntry>> admitted = before.isPresent()
                ? book.correct(call.requestId(), tokens, micros)
                : book.record(call.requestId(), tokens, micros);
        List<JournalEntry> entries = admitted.orElseGet(() -> book.recordUnadmitted(gatewayId, call, before));
        List<JournalEntry> shadowed = before.isPresent() ? List.of() : book.wouldRefuse(call);
        return shadowed.isEmpty()
                ? entries
                : Stream.concat(entries.stream(), shadowed.stream()).toList();
    }

    private static Optional<Hold> hold(Generation generation, UsageRecord call) {
        return generation.book(call.caller().tenantId()).hold(call.requestId());
    }
}
