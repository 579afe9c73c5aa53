package ai.exaone.standalone.slices;

import ai.exaone.gateway.admission.Decision;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.rpc.Principal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers who spend tokens and money through several gateways without a pause, and a note of everything that was spent. */
final class Spending {
    /** The most that a call can take; what it takes is less or as much. */
    static final long INPUT = 100;

    static final long OUTPUT = 300;
    static final long INPUT_PRICE = 1_000;
    static final long CACHED_PRICE = 500;
    static final long OUTPUT_PRICE = 2_000;
    static final long MOST_TOKENS = INPUT + OUTPUT;
    static final long MOST_MICROS = INPUT * INPUT_PRICE + OUTPUT * OUTPUT_PRICE;

    private static final Duration CALL = Duration.ofMillis(4);
    private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofMillis(50);
    /** What a gateway says was so a moment before quota hears it. */
    private static final long ON_ITS_WAY = TimeUnit.MILLISECONDS.toNanos(500);

    /** A call that may have been admitted. */
    private static final class Spent {
        private final String requestId;
        private final long asked = System.nanoTime();
        private final TokenCounts used;
        private volatile long ended = Long.MAX_VALUE;
        /** Whether its end is in the gateway's books. */
        private volatile boolean booked;

        private Spent(String requestId, TokenCounts used) {
            this.requestId = requestId;
            this.used = used;
        }

        private boolean ranWhile(Refused refused) {
            return ended > refused.asked - ON_ITS_WAY;
        }
    }

    private record Refused(long asked, long told) {}

    private final List<BilledGateway> gateways;
    private final Principal caller;
    private final int callers;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final CountDownLatch over;
    private final Queue<Spent> spent = new ConcurrentLinkedQueue<>();
    private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicInteger instant = new AtomicInteger();
    private final AtomicInteger unverifiable = new AtomicInteger();
    private volatile boolean stopped;

    /**
     * @param gateways may be replaced meanwhile
     */
    Spending(List<BilledGateway> gateways, Principal caller, int callers) {
        this.gateways = gateways;
        this.caller = caller;
        this.callers = callers;
        this.over = new CountDownLatch(callers);
    }

    void start() {
        for (int number = 0; number < callers; number++) {
            int caller = number;
            clock.execute(() -> call(caller));
        }
    }

    /** Ends when every caller's last call is over. */
    void stop() throws InterruptedException {
        stopped = true;
        over.await();
        clock.shutdown();
    }

    int admitted() {
        return admitted.get();
    }

    int refused() {
        return refused.size();
    }

    int unverifiable() {
        return unverifiable.get();
    }

    /** What the calls used whose end is in a gateway's books, in micro-KRW, by request. */
    Map<String, Long> booked() {
        var booked = new HashMap<String, Long>();
        spent.stream().filter(one -> one.booked).forEach(one -> booked.put(one.requestId, micros(one.used)));
        return booked;
    }

    /** Those that were refused although all that ran or was used meanwhile left room for one more in both limits. */
    List<String> falselyRefused(long tokens, long micros) {
        return refused.stream()
                .filter(one -> tokensWhile(one) + MOST_TOKENS <= tokens && microsWhile(one) + MOST_MICROS <= micros)
                .map(one -> "after %d ms, with %d tokens and %d micro-KRW left"
                        .formatted(
                                TimeUnit.NANOSECONDS.toMillis(one.told - one.asked),
                                tokens - tokensWhile(one),
                                micros - microsWhile(one)))
                .toList();
    }

    String summary() {
        return "admitted %d (%d of them without asking), refused %d, not verifiable %d"
                .formatted(admitted(), instant.get(), refused(), unverifiable());
    }

    static long micros(TokenCounts used) {
        return (used.input() - used.cachedInput()) * INPUT_PRICE
                + used.cachedInput() * CACHED_PRICE
                + used.output() * OUTPUT_PRICE;
    }

    private long tokensWhile(Refused one) {
        return spent.stream()
                .filter(call -> call.asked < one.told)
                .mapToLong(call -> call.ranWhile(one) ? MOST_TOKENS : call.used.input() + call.used.output())
                .sum();
    }

    private long microsWhile(Refused one) {
        return spent.stream()
                .filter(call -> call.asked < one.told)
                .mapToLong(call -> call.ranWhile(one) ? MOST_MICROS : micros(call.used))
                .sum();
    }

    private void call(int number) {
        if (stopped) {
            over.countDown();
            return;
        }
        BilledGateway gateway = gateways.get(number % gateways.size());
        HoldRequest request = SliceClient.call(caller, INPUT, OUTPUT);
        gateway.begin(request)
                .ifPresentOrElse(
                        call -> ask(gateway, call, number), () -> after(PAUSE_AFTER_REFUSAL, () -> call(number)));
    }

    private void ask(BilledGateway gateway, BilledGateway.Call call, int number) {
        var one = new Spent(call.request().requestId(), someUse());
        var decision = gateway.admit(call).toCompletableFuture();
        boolean isInstant = decision.isDone();
        decision.whenComplete((decided, failure) -> {
            if (failure == null && decided instanceof Decision.Admitted) {
                spent.add(one);
                admitted.incrementAndGet();
                instant.addAndGet(isInstant ? 1 : 0);
                after(CALL, () -> end(gateway, call, one, number));
            } else {
                gateway.refuse(call, failure == null ? "QUOTA_EXCEEDED" : "LIMITS_NOT_VERIFIABLE");
                if (failure == null) {
                    refused.add(new Refused(one.asked, System.nanoTime()));
                } else {
                    unverifiable.incrementAndGet();
                }
                after(PAUSE_AFTER_REFUSAL, () -> call(number));
            }
        });
    }

    private void end(BilledGateway gateway, BilledGateway.Call call, Spent one, int number) {
        Optional<CompletionStage<Void>> ending = gateway.end(call, one.used);
        one.booked = ending.isPresent();
        ending.ifPresentOrElse(
                settled -> settled.whenComplete((done, failure) -> {
                    one.ended = System.nanoTime();
                    call(number);
                }),
                () -> call(number));
    }

    private void after(Duration pause, Runnable next) {
        clock.schedule(next, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static TokenCounts someUse() {
        var random = ThreadLocalRandom.current();
        return new TokenCounts(INPUT, random.nextLong(INPUT + 1), random.nextLong(OUTPUT + 1), 0, false);
    }
}
