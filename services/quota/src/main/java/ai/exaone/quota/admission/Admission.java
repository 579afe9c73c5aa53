package ai.exaone.quota.admission;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitMeters;
import ai.exaone.quota.limit.LimitUse;
import ai.exaone.quota.price.LivePrices;
import ai.exaone.quota.price.Price;
import ai.exaone.quota.price.TokenCount;
import ai.exaone.quota.usage.UsageStore;
import ai.exaone.quota.writer.WriterError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;

/**
 * Decides whether a request may go on, and counts what it used. Every method throws QUOTA_UNAVAILABLE while this process cannot
 * decide or cannot store what it decided. Thread-safe.
 */
public final class Admission implements LimitMeters, LivePrices {
    /** How long a request waits at most for gateways to free what it needs: they speak every 800 ms, and at once when they are asked. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(1_500);

    private final Generations generations;
    private final JournalStore store;
    private final UsageStore ledger;
    private final AdmissionConfig config;
    private final QuotaClock clock;

    public Admission(
            Generations generations, JournalStore store, UsageStore ledger, AdmissionConfig config, QuotaClock clock) {
        this.generations = generations;
        this.store = store;
        this.ledger = ledger;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Holds the most that a request can use of every limit above it, or says which limit refuses it: one step for all of them. What is
     * held is stored before this returns. The same request id gets the first answer again. A request that fits in once gateways have
     * given back what they do not use waits until they have, 1.5 s at most.
     *
     * @throws PlatformException REQUEST_ID_REUSED, AMOUNT_OUT_OF_RANGE, QUOTA_OVERLOADED
     */
    public Answer admit(AdmissionRequest request) {
        return admit(request, GivenBack.NOTHING);
    }

    /**
     * As {@link #admit(AdmissionRequest)}, after the request's gateway gave something back.
     *
     * @throws PlatformException REQUEST_ID_REUSED, AMOUNT_OUT_OF_RANGE, QUOTA_OVERLOADED
     */
    public Answer admit(AdmissionRequest request, GivenBack given) {
        generations.current().heard(request.gatewayId());
        long since = clock.nanos();
        long seen = freed(request).times();
        return decide(request, given, new Book.Waiting(since, false)).orElseGet(() -> wait(request, since, seen));
    }

    /**
     * Decides about a request as it stands now; empty where gateways may yet free what it needs. Otherwise as {@link
     * #admit(AdmissionRequest, GivenBack)}.
     */
    Optional<Answer> decide(AdmissionRequest request, GivenBack given, Book.Waiting waiting) {
        Generation generation = generations.current();
        Optional<Price> price = generation.prices().inForce(request.model(), clock.instant());
        Book book = generation.book(request.tenantId());
        try {
            return book.admit(request, given, price, waiting).map(this::await);
        } catch (PlatformException failure) {
            if (failure.reason() == AdmissionError.REQUEST_ID_REUSED) {
                book.discard(request.requestId());
            }
            throw failure;
        }
    }

    /**
     * Replaces what a request holds by what it used, at the price it was admitted at. Once: repeated, it changes nothing.
     *
     * @return what the request costs in micro-KRW, as it is counted now
     * @throws PlatformException HOLD_NOT_FOUND, AMOUNT_OUT_OF_RANGE
     */
    public long settle(String tenantId, String requestId, TokenCount used) {
        Generation generation = generations.current();
        Book book = generation.book(tenantId);
        ToLongFunction<Hold> amount = hold -> amount(generation, hold, used);
        Optional<Stored<Book.Settlement>> settled = book.settle(requestId, used.total(), amount);
        if (settled.isEmpty()) {
            store.find(tenantId, List.of(requestId)).forEach(book::restore);
            settled = book.settle(requestId, used.total(), amount);
        }
        if (settled.isEmpty()) {
            return recordedAmount(tenantId, requestId);
        }
        generation.heard(settled.get().value().gatewayId());
        return await(settled.get()).micros();
    }

    @Override
    public LimitUse use(Limit limit) {
        return generations.current().book(limit.tenantId()).use(limit);
    }

    @Override
    public void put(Limit limit) {
        generations.current().book(limit.tenantId()).put(limit);
    }

    @Override
    public void remove(Limit limit) {
        generations.current().book(limit.tenantId()).remove(limit);
    }

    @Override
    public void add(Price price) {
        Generation generation = generations.current();
        generation.replace(generation.prices().with(price));
    }

    @Override
    public Optional<Price> inForce(String model) {
        return generations.current().prices().inForce(model, clock.instant());
    }

    /** What a request costs by the price it was admitted at. */
    static long amount(Generation generation, Hold hold, TokenCount used) {
        return generation
                .prices()
                .byId(hold.priceId())
                .map(price -> price.rates().amount(used))
                .orElse(0L);
    }

    private Answer wait(AdmissionRequest request, long since, long seenBefore) {
        try {
            long left = LONGEST_WAIT.toNanos();
            long seen = seenBefore;
            while (true) {
                left = freed(request).await(seen, left);
                // It may be another generation's by now: what is free there is found out by asking.
                Freed freed = freed(request);
                seen = freed.times();
                Optional<Answer> answer = decide(request, GivenBack.NOTHING, new Book.Waiting(since, left <= 0));
                if (answer.isPresent()) {
                    freed.some();
                    return answer.get();
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw PlatformException.because(WriterError.QUOTA_UNAVAILABLE, "Quota ends.")
                    .cause(ending)
                    .build();
        }
    }

    private Freed freed(AdmissionRequest request) {
        return generations.current().book(request.tenantId()).freed();
    }

    <T> T await(Stored<T> stored) {
        await(stored.when());
        return stored.value();
    }

    private void await(CompletableFuture<Void> stored) {
        try {
            stored.get(config.writeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof PlatformException named ? named : PlatformException.internal(failure);
        } catch (TimeoutException slow) {
            throw unwritten(slow);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unwritten(interrupted);
        }
    }

    private long recordedAmount(String tenantId, String requestId) {
        return ledger.find(tenantId, requestId).orElseThrow(Admission::notFound).amountMicros();
    }

    private static PlatformException unwritten(Exception cause) {
        return PlatformException.because(WriterError.QUOTA_UNAVAILABLE, "Quota could not write in time.")
                .cause(cause)
                .build();
    }

    private static PlatformException notFound() {
        return new PlatformException(AdmissionError.HOLD_NOT_FOUND, "No such request was admitted.");
    }
}
