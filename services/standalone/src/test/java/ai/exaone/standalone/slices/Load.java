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
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Callers who call through several gateways without a pause, and a note of everything that was admitted. */
final class Load {
    private static final long MINUTE = TimeUnit.SECONDS.toNanos(60);
    private static final Duration CALL = Duration.ofMillis(4);
    private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofMillis(50);

    /** A unit may count for so long: a minute, the second it is told in, half a second until then, and what a restart allows for clocks. */
    private static final long LONGEST_COUNTED = TimeUnit.SECONDS.toNanos(65);
    /** What a gateway says was so a moment before quota hears it. */
    private static final long ON_ITS_WAY = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long INPUT = 100;
    private static final long OUTPUT = 300;

    /** A call that was admitted at some moment between two that are known. */
    private static final class Admitted {
        private final long asked;
        private final long told;
        private final long tokens;
        private volatile long ended = Long.MAX_VALUE;

        private Admitted(long asked, long told, long tokens) {
            this.asked = asked;
            this.told = told;
            this.tokens = tokens;
        }

        private long tokensFor(Refused call) {
            if (asked >= call.told || told <= call.countedSince()) {
                return 0;
            }
            return ended > call.ranSince() ? INPUT + OUTPUT : tokens;
        }
    }

    /** A call that was refused. */
    private record Refused(long asked, long told) {
        private long countedSince() {
            return asked - LONGEST_COUNTED;
        }

        private long ranSince() {
            return asked - ON_ITS_WAY;
        }
    }

    /** All that quota may have admitted, and the most of it that may have counted at some time while another call was refused. */
    private static final class KnownCalls {
        private final List<Admitted> calls;
        private final long[] asked;
        private final long[] told;
        private final long[] ended;

        private KnownCalls(List<Admitted> calls) {
            this.calls = calls;
            this.asked = calls.stream().mapToLong(one -> one.asked).sorted().toArray();
            this.told = calls.stream().mapToLong(one -> one.told).sorted().toArray();
            this.ended = calls.stream().mapToLong(one -> one.ended).sorted().toArray();
        }

        private long requests(Refused call) {
            return before(asked, call.told) - before(told, call.countedSince());
        }

        private long running(Refused call) {
            return before(asked, call.told) - before(ended, call.ranSince());
        }

        private long tokens(Refused call) {
            return calls.stream().mapToLong(one -> one.tokensFor(call)).sum();
        }

        private static long before(long[] sorted, long time) {
            int low = 0;
            int high = sorted.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sorted[middle] < time) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    private final IntFunction<SliceClient> gateways;
    private final Principal caller;
    private final int callers;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final CountDownLatch over;
    private final Queue<Admitted> admitted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger instant = new AtomicInteger();
    private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();
    /** Calls that quota may have admitted, without an answer. */
    private final Queue<Admitted> unanswered = new ConcurrentLinkedQueue<>();

    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger unverifiable = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile boolean stopped;

    private Load(IntFunction<SliceClient> gateways, Principal caller, int callers) {
        this.gateways = gateways;
        this.caller = caller;
        this.callers = callers;
        this.over = new CountDownLatch(callers);
    }

    /** Each caller stays with its gateway. */
    static Load staying(List<SliceClient> gateways, Principal caller, int callers) {
        return new Load(number -> gateways.get(number % gateways.size()), caller, callers);
    }

    /** Each call goes through any gateway. */
    static Load roaming(List<SliceClient> gateways, Principal caller, int callers) {
        return new Load(number -> gateways.get(ThreadLocalRandom.current().nextInt(gateways.size())), caller, callers);
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
        return count.get();
    }

    int refused() {
        return refusals.get();
    }

    /** How many were refused although all that may have counted or run meanwhile left room for them in every limit. */
    long falselyRefused(long requests, long tokens, long slots) {
        var known = new KnownCalls(
                Stream.concat(admitted.stream(), unanswered.stream()).toList());
        return refused.stream()
                .filter(one -> known.requests(one) < requests
                        && known.running(one) < slots
                        && known.tokens(one) + INPUT + OUTPUT <= tokens)
                .count();
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

    /** How many were admitted that came after a moment of {@code System.nanoTime}. */
    long askedAfter(long moment) {
        return admitted.stream().filter(one -> one.asked > moment).count();
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

    private void call(int number) {
        if (stopped) {
            over.countDown();
            return;
        }
        SliceClient gateway = gateways.apply(number);
        HoldRequest request = SliceClient.call(caller, INPUT, OUTPUT);
        long asked = System.nanoTime();
        var decision = gateway.admission.admit(request).toCompletableFuture();
        boolean isInstant = decision.isDone();
        decision.whenComplete((decided, failure) -> {
            long told = System.nanoTime();
            if (failure != null) {
                unverifiable.incrementAndGet();
                if (!isInstant) {
                    unanswered.add(new Admitted(asked, told, INPUT + OUTPUT));
                }
                after(PAUSE_AFTER_REFUSAL, () -> call(number));
            } else if (decided instanceof Decision.Admitted) {
                long used = ThreadLocalRandom.current().nextLong(INPUT, INPUT + OUTPUT);
                var one = new Admitted(asked, told, used);
                begin(isInstant, one);
                after(CALL, () -> end(gateway, request, one, number));
            } else {
                refused.add(new Refused(asked, told));
                refusals.incrementAndGet();
                after(PAUSE_AFTER_REFUSAL, () -> call(number));
            }
        });
    }

    private void begin(boolean isInstant, Admitted one) {
        admitted.add(one);
        mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
        count.incrementAndGet();
        if (isInstant) {
            instant.incrementAndGet();
        }
    }

    private void end(SliceClient gateway, HoldRequest request, Admitted one, int number) {
        running.decrementAndGet();
        gateway.admission
                .settle(request, new TokenCounts(one.tokens, 0, 0, 0, false))
                .whenComplete((settled, failure) -> {
                    one.ended = System.nanoTime();
                    call(number);
                });
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
                .sorted(Comparator.comparingLong(one -> one.told))
                .toList();
    }
}
