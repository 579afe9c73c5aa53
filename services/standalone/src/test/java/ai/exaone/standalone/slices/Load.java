package ai.exaone.standalone.slices;

import ai.exaone.gateway.admission.Decision;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.rpc.Principal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers who call through several gateways without a pause, and a note of everything that was admitted. */
final class Load {
    private static final long MINUTE = TimeUnit.SECONDS.toNanos(60);
    private static final Duration CALL = Duration.ofMillis(4);
    private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofMillis(50);

    /** A call that was admitted at some moment between two that are known. */
    private record Admitted(long asked, long told, long tokens) {}

    private final List<SliceClient> gateways;
    private final Principal caller;
    private final int callers;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final CountDownLatch over;
    private final Queue<Admitted> admitted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger instant = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unverifiable = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile boolean stopped;

    Load(List<SliceClient> gateways, Principal caller, int callers) {
        this.gateways = gateways;
        this.caller = caller;
        this.callers = callers;
        this.over = new CountDownLatch(callers);
    }

    void start() {
        for (int number = 0; number < callers; number++) {
            SliceClient gateway = gateways.get(number % gateways.size());
            clock.execute(() -> call(gateway));
        }
    }

    /** Ends when every caller's last call is over. */
    void stop() throws InterruptedException {
        stopped = true;
        over.await();
        clock.shutdown();
    }

    int admitted() {
        return count.get();
    }

    int refused() {
        return refused.get();
    }

    int unverifiable() {
        return unverifiable.get();
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    /** The most that were admitted in any 60 s. */
    int mostRequestsInAMinute() {
        return (int) mostInAMinute(false);
    }

    long mostTokensInAMinute() {
        return mostInAMinute(true);
    }

    /** How many were admitted in the 60 s after the first. */
    int firstMinute() {
        long first = sorted().getFirst().told;
        return (int) admitted.stream().filter(one -> one.told < first + MINUTE).count();
    }

    String summary(long requests, long tokens) {
        return ("admitted %d (%d of them without asking), refused %d, not verifiable %d; the most in 60 s: %d of %d requests,"
                        + " %d of %d tokens; %d at once; %d in the first minute; the slowest answer after %d ms")
                .formatted(
                        admitted(),
                        instant.get(),
                        refused(),
                        unverifiable(),
                        mostRequestsInAMinute(),
                        requests,
                        mostTokensInAMinute(),
                        tokens,
                        mostAtOnce(),
                        firstMinute(),
                        admitted.stream()
                                        .mapToLong(one -> one.told - one.asked)
                                        .max()
                                        .orElse(0)
                                / 1_000_000);
    }

    private void call(SliceClient gateway) {
        if (stopped) {
            over.countDown();
            return;
        }
        HoldRequest request = SliceClient.call(caller, 100, 300);
        long asked = System.nanoTime();
        var decision = gateway.admission.admit(request).toCompletableFuture();
        boolean isInstant = decision.isDone();
        decision.whenComplete((decided, failure) -> {
            if (failure != null) {
                unverifiable.incrementAndGet();
                after(PAUSE_AFTER_REFUSAL, () -> call(gateway));
            } else if (decided instanceof Decision.Admitted) {
                long used = ThreadLocalRandom.current().nextLong(100, 400);
                begin(isInstant, asked, used);
                after(CALL, () -> end(gateway, request, used));
            } else {
                refused.incrementAndGet();
                after(PAUSE_AFTER_REFUSAL, () -> call(gateway));
            }
        });
    }

    private void begin(boolean isInstant, long asked, long used) {
        admitted.add(new Admitted(asked, System.nanoTime(), used));
        mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
        count.incrementAndGet();
        if (isInstant) {
            instant.incrementAndGet();
        }
    }

    private void end(SliceClient gateway, HoldRequest request, long used) {
        running.decrementAndGet();
        gateway.admission
                .settle(request, new TokenCounts(used, 0, 0, 0, false))
                .whenComplete((settled, failure) -> call(gateway));
    }

    private void after(Duration pause, Runnable next) {
        clock.schedule(next, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The most that were, without doubt, admitted within 60 s. */
    private long mostInAMinute(boolean ofTokens) {
        List<Admitted> all = sorted();
        long most = 0;
        for (int newest = 0; newest < all.size(); newest++) {
            long since = all.get(newest).told - MINUTE;
            long within = 0;
            for (int older = newest; older >= 0 && all.get(older).told > since; older--) {
                Admitted one = all.get(older);
                if (one.asked > since) {
                    within += ofTokens ? one.tokens : 1;
                }
            }
            most = Math.max(most, within);
        }
        return most;
    }

    private List<Admitted> sorted() {
        return admitted.stream()
                .sorted(Comparator.comparingLong(Admitted::told))
                .toList();
    }
}
