package ai.exaone.quota.admission;

import ai.exaone.errors.PlatformException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The runs of gateways that have slices: each one's last exchange, and what becomes of a run that is silent. Thread-safe. */
final class SliceRuns {
    /** One run. Guarded by itself; taken before any book's lock. */
    private static final class Run {
        private final String gatewayId;
        private long sequence;
        private @Nullable Stored<List<SliceExchange.Grant>> answer;
        private long heardNanos;
        private boolean forgotten;
        private final Set<String> tenants = ConcurrentHashMap.newKeySet();

        private Run(String gatewayId) {
            this.gatewayId = gatewayId;
        }
    }

    /** By so much the machine's clock may be set forward around a restart: what is read again counts for so much longer. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    private final QuotaClock clock;
    private final AdmissionConfig config;
    private final Journal journal;
    private final Function<String, Book> books;
    private final Map<String, Run> runs = new ConcurrentHashMap<>();

    SliceRuns(QuotaClock clock, AdmissionConfig config, Journal journal, Function<String, Book> books) {
        this.clock = clock;
        this.config = config;
        this.journal = journal;
        this.books = books;
    }

    /**
     * Answers an exchange, once: repeated, it changes nothing and gets the same answer.
     *
     * @param gateways how many share the limits, at least 1
     * @throws PlatformException SLICES_OUTDATED, QUOTA_OVERLOADED
     */
    Stored<List<SliceExchange.Grant>> exchange(SliceExchange exchange, int gateways) {
        Run run = runs.computeIfAbsent(exchange.runId(), unused -> new Run(exchange.gatewayId()));
        synchronized (run) {
            Stored<List<SliceExchange.Grant>> first = run.answer;
            if (run.forgotten) {
                // Just now, by a sweep, after a long silence: what it says counts all the same.
                return exchange(exchange, gateways);
            }
            if (exchange.sequence() < run.sequence) {
                throw new PlatformException(
                        AdmissionError.SLICES_OUTDATED, "The gateway's account of its slices is no longer continued.");
            }
            run.heardNanos = clock.nanos();
            if (first != null && exchange.sequence() == run.sequence) {
                return first;
            }
            journal.requireRoom();
            releaseUnnamed(run, exchange);
            if (exchange.whole()) {
                letOthersGo(exchange);
            }
            List<SliceExchange.Grant> grants = exchange.tenants().stream()
                    .flatMap(said -> books
                            .apply(said.tenantId())
                            .withGrants((tenant, now) -> tenant.exchange(exchange, said, gateways, now))
                            .stream())
                    .toList();
            var stored = StoredExchange.answered(exchange, grants, clock.instant());
            var answer = new Stored<>(grants, journal.submit(List.of(new JournalEntry.Exchanged(stored))));
            run.sequence = exchange.sequence();
            run.answer = answer;
            return answer;
        }
    }

    /** Takes over an exchange from the database; those of one run in their order. Its gateway has its time to go on from now. */
    void restore(StoredExchange stored) {
        SliceExchange exchange = stored.exchange();
        Run run = runs.computeIfAbsent(exchange.runId(), unused -> new Run(exchange.gatewayId()));
        boolean isLate = stored.at().isBefore(clock.instant().minus(config.exchangesCount()));
        Map<String, SliceExchange.Grant> granted = isLate ? stored.countingByCalendar() : stored.counting();
        synchronized (run) {
            releaseUnnamed(run, exchange);
            exchange.tenants()
                    .forEach(said -> books.apply(said.tenantId()).withGrants((tenant, now) -> {
                        Duration age = Duration.between(stored.at(), now.at()).minus(CLOCK_STEP);
                        long cell = Moment.cellOf(now.nanos() - Math.max(0, age.toNanos()));
                        tenant.restore(exchange, said, granted, cell, now);
                        return true;
                    }));
            run.sequence = exchange.sequence();
            run.answer = Stored.already(stored.grants());
            run.heardNanos = clock.nanos();
        }
    }

    /** Gives the slots of silent runs to others, and counts what lost runs had as used. */
    void sweep() {
        runs.forEach((runId, run) -> {
            synchronized (run) {
                Duration silence = Duration.ofNanos(clock.nanos() - run.heardNanos);
                if (silence.compareTo(config.memory()) > 0 && run.tenants.isEmpty()) {
                    run.forgotten = true;
                    runs.remove(runId, run);
                }
                if (silence.compareTo(config.sliceTerm()) > 0) {
                    run.tenants.removeIf(
                            tenantId -> !books.apply(tenantId).withGrants((tenant, now) -> tenant.lapse(runId, now)));
                } else if (silence.compareTo(config.gatewaySilence()) > 0) {
                    lapseSlots(runId, run);
                }
            }
        });
    }

    private void releaseUnnamed(Run run, SliceExchange exchange) {
        Set<String> named = exchange.tenants().stream()
                .map(SliceExchange.OfTenant::tenantId)
                .collect(Collectors.toSet());
        run.tenants.removeIf(tenantId -> !named.contains(tenantId)
                && !books.apply(tenantId).withGrants((tenant, now) -> tenant.release(exchange.runId(), now)));
        run.tenants.addAll(named);
    }

    /** What calls used that other runs of the gateway admitted is in the ledger, or kept by this one. */
    private void letOthersGo(SliceExchange exchange) {
        runs.forEach((runId, other) -> {
            if (other.gatewayId.equals(exchange.gatewayId()) && !runId.equals(exchange.runId())) {
                other.tenants.forEach(tenantId -> books.apply(tenantId).withGrants((tenant, now) -> {
                    tenant.letGoByCalendar(runId, now);
                    return true;
                }));
            }
        });
    }

    private void lapseSlots(String runId, Run run) {
        run.tenants.forEach(tenantId -> books.apply(tenantId).withGrants((tenant, now) -> {
            tenant.lapseSlots(runId, now);
            return true;
        }));
    }
}
