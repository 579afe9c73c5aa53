package ai.exaone.quota.admission;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.price.PriceBook;
import ai.exaone.quota.usage.SpoolPosition;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** What this process knows and decides under one epoch. It ends with the first write that fails. Thread-safe. */
final class Generation implements AutoCloseable {
    final Journal journal;
    private final Gateways gateways;
    /** Moved by the ledger alone, one call at a time. */
    final Map<String, SpoolPosition> watermarks;

    private final QuotaClock clock;
    private final AdmissionConfig config;
    private final Map<String, Book> books = new ConcurrentHashMap<>();
    private final ReentrantLock remembering = new ReentrantLock();
    private final SliceRuns runs;
    private volatile PriceBook prices;

    /**
     * @param journal makes the journal of this generation; started by its owner, when the generation is in force
     */
    Generation(
            QuotaClock clock,
            AdmissionConfig config,
            Function<Generation, Journal> journal,
            JournalStore.Memory memory,
            Collection<Limit> limits,
            PriceBook prices) {
        this.clock = clock;
        this.config = config;
        this.journal = journal.apply(this);
        this.gateways = new Gateways(clock);
        this.watermarks = new ConcurrentHashMap<>(memory.watermarks());
        this.prices = prices;
        this.runs = new SliceRuns(clock, config, this.journal, this::book);
        limits.forEach(limit -> book(limit.tenantId()).put(limit));
        memory.used().forEach(used -> book(used.key().tenantId()).restoreUsed(used));
        memory.shadowed().forEach(shadowed -> book(shadowed.tenantId()).restore(shadowed));
        memory.holds().forEach(stored -> book(stored.hold().tenantId()).restore(stored));
        memory.exchanges().forEach(runs::restore);
    }

    Book book(String tenantId) {
        return books.computeIfAbsent(tenantId, id -> new Book(id, clock.calendar(id), journal));
    }

    /** Notes a sign of life of a gateway. One that was thought gone has its slots again before anything else is decided. */
    void heard(String gatewayId) {
        if (gateways.heard(gatewayId).compareTo(config.gatewaySilence()) > 0) {
            books.values()
                    .forEach(book -> book.visitOpen(request -> {
                        if (request.gatewayId().equals(gatewayId)) {
                            request.occupySlot(true);
                        }
                    }));
        }
    }

    /** Returns what gateways that are gone hold, and forgets what was closed long ago. */
    void sweep() {
        books.values().forEach(book -> book.visitOpen(this::sweep));
        if (remembering.tryLock()) {
            try {
                books.values().forEach(book -> book.forget(config.memory()));
            } finally {
                remembering.unlock();
            }
        }
        runs.sweep();
        gateways.forget(config.longestRequest());
    }

    /** Does something during which no request is forgotten that is remembered. */
    <T> T remembering(Supplier<T> work) {
        remembering.lock();
        try {
            return work.get();
        } finally {
            remembering.unlock();
        }
    }

    private void sweep(OpenRequest request) {
        Duration silence = gateways.silence(request.gatewayId());
        if (silence.compareTo(config.gatewayLoss()) > 0 || request.age().compareTo(config.longestRequest()) > 0) {
            request.settleInFull();
        } else {
            request.occupySlot(silence.compareTo(config.gatewaySilence()) <= 0);
        }
    }

    /** How many gateways share what there is. */
    int gateways() {
        return gateways.within(config.gatewaySilence());
    }

    SliceRuns runs() {
        return runs;
    }

    PriceBook prices() {
        return prices;
    }

    void replace(PriceBook newPrices) {
        prices = newPrices;
    }

    @Override
    public void close() {
        journal.close();
        books.values().forEach(book -> book.freed().any());
    }
}
