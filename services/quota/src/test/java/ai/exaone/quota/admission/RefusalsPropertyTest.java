package ai.exaone.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.price.TokenCount;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever gateways were granted, keep, want and use: once those that live have spoken a few times, a request is decided, and it is refused
 * only if what was used, runs or is held by requests leaves no room for it.
 */
@Tag("server")
class RefusalsPropertyTest {
    private static final List<Duration> STEPS = List.of(
            Duration.ofMillis(1),
            Duration.ofMillis(300),
            Duration.ofMillis(1_100),
            Duration.ofMillis(5_500),
            Duration.ofSeconds(20));
    /** As often as a gateway that has anything speaks, at least. */
    private static final Duration PACE = Duration.ofMillis(1_500);
    /** In an exchange each limit may be found too tight, and in the next one be given back. */
    private static final int MOST_ROUNDS = 6;
    /** A cell of a second in the window, and a restart's allowance for the calendar. */
    private static final Duration LONGEST_COUNTED = Duration.ofSeconds(64);

    private static final int GATEWAYS = 3;

    private static TestDatabase database;

    /** Something that happens. Numbers are taken modulo what there is to choose from. */
    sealed interface Event {
        record Ask(int gateway, int tokens) implements Event {}

        record Settle(int call, int used) implements Event {}

        record Exchange(int gateway, int keep, int want) implements Event {}

        record Wait(int step) implements Event {}

        record Restart() implements Event {}
    }

    @BeforeContainer
    static void open() {
        database = TestDatabase.migrated("quota");
    }

    @AfterContainer
    static void close() {
        database.close();
    }

    @Property(tries = 80)
    void nothingIsRefusedThatFitsIn(
            @ForAll @IntRange(min = 1, max = 40) int requests,
            @ForAll @IntRange(min = 1, max = 300) int tokens,
            @ForAll @IntRange(min = 1, max = 20) int slots,
            @ForAll("events") List<Event> events) {
        new Run(requests, tokens, slots).play(events);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 1_000);
        Arbitrary<Event> asks = Combinators.combine(any, any).as(Event.Ask::new);
        Arbitrary<Event> settles = Combinators.combine(any, any).as(Event.Settle::new);
        Arbitrary<Event> exchanges = Combinators.combine(any, any, any).as(Event.Exchange::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(30, asks),
                        Tuple.of(15, settles),
                        Tuple.of(15, exchanges),
                        Tuple.of(6, any.map(Event.Wait::new)),
                        Tuple.of(1, Arbitraries.just(new Event.Restart())))
                .list()
                .ofMinSize(20)
                .ofMaxSize(120);
    }

    /** One quota, three gateways that are never silent, and the truth. */
    private static final class Run {
        /** A call that was admitted; its tokens are what it holds, and then what it used. */
        private static final class Admitted {
            private final SlicingGateway gateway;
            private final Optional<SlicingGateway.Call> call;
            private final String requestId;
            private long tokens;
            private boolean over;
            /** When quota heard of it. */
            private OptionalLong told;

            private Admitted(
                    SlicingGateway gateway,
                    Optional<SlicingGateway.Call> call,
                    String requestId,
                    long tokens,
                    OptionalLong told) {
                this.gateway = gateway;
                this.call = call;
                this.requestId = requestId;
                this.tokens = tokens;
                this.told = told;
            }

            private boolean countsAt(long now) {
                return told.isEmpty() || now - told.getAsLong() < LONGEST_COUNTED.toNanos();
            }
        }

        private final QuotaTime time = QuotaTime.started();
        private QuotaUnderTest quota = QuotaUnderTest.start(database.transactions(), time);
        private final Limit requests;
        private final Limit tokens;
        private final Limit slots;
        private final List<SlicingGateway> gateways = new ArrayList<>();
        private final List<Admitted> admitted = new ArrayList<>();

        private Run(int requests, int tokens, int slots) {
            this.requests = quota.limit(LimitKind.REQUESTS_PER_MINUTE, requests);
            this.tokens = quota.limit(LimitKind.TOKENS_PER_MINUTE, tokens);
            this.slots = quota.limit(LimitKind.CONCURRENT_REQUESTS, slots);
            for (int number = 1; number <= GATEWAYS; number++) {
                gateways.add(new SlicingGateway(
                        "gateway-" + number, quota, List.of(this.requests, this.tokens, this.slots), this::now));
            }
        }

        private void play(List<Event> events) {
            for (Event event : events) {
                switch (event) {
                    case Event.Ask ask ->
                        ask(gateways.get(ask.gateway % GATEWAYS), 1 + ask.tokens % 20, ask.tokens % 7);
                    case Event.Settle settle -> settle(settle);
                    case Event.Exchange exchange ->
                        exchange(gateways.get(exchange.gateway % GATEWAYS), exchange.keep % 20, exchange.want % 30);
                    case Event.Wait step -> pass(STEPS.get(step.step % STEPS.size()));
                    case Event.Restart ignored -> quota = quota.another(database.transactions());
                }
            }
            quota.close();
        }

        private void ask(SlicingGateway gateway, long held, int givenBack) {
            // What was said before it was said before it.
            time.advance(Duration.ofMillis(1));
            Optional<SlicingGateway.Call> call = gateway.admit(held);
            if (call.isPresent()) {
                admitted.add(new Admitted(gateway, call, "", held, OptionalLong.empty()));
                return;
            }
            AdmissionRequest request = new AdmissionRequest(
                    QuotaUnderTest.IDS.next("req"),
                    quota.tenant,
                    quota.project,
                    quota.key,
                    QuotaUnderTest.MODEL,
                    new TokenCount(held, 0, 0),
                    gateway.gatewayId);
            quota.generations.current().heard(gateway.gatewayId);
            if (decision(request, gateway.giveBack(givenBack)) instanceof Decision.Admitted) {
                admitted.add(
                        new Admitted(gateway, Optional.empty(), request.requestId(), held, OptionalLong.of(now())));
            } else {
                assertFull(held);
            }
        }

        private Decision decision(AdmissionRequest request, GivenBack given) {
            var waiting = new Book.Waiting(now(), false);
            Optional<Answer> answer = quota.admission.decide(request, given, waiting);
            for (int round = 0; answer.isEmpty(); round++) {
                assertThat(round).as("rounds of exchanges without a decision").isLessThan(MOST_ROUNDS);
                time.advance(Duration.ofMillis(25));
                gateways.forEach(gateway -> exchange(gateway, 9, 9));
                answer = quota.admission.decide(request, GivenBack.NOTHING, waiting);
            }
            return answer.get().decision();
        }

        private void settle(Event.Settle settle) {
            List<Admitted> open = admitted.stream().filter(one -> !one.over).toList();
            if (open.isEmpty()) {
                return;
            }
            Admitted one = open.get(settle.call % open.size());
            long used = settle.used % (one.tokens + 1);
            one.over = true;
            one.call.ifPresentOrElse(
                    call -> one.gateway.settle(call, used), () -> quota.settle(one.requestId, used, 0));
            one.tokens = used;
        }

        private void exchange(SlicingGateway gateway, long keep, long want) {
            gateway.exchange(quota.slices::exchange, keep, want, false);
            admitted.stream()
                    .filter(one -> one.gateway == gateway && one.told.isEmpty())
                    .forEach(one -> one.told = OptionalLong.of(now()));
        }

        /** Gateways are never silent for longer than they may be. */
        private void pass(Duration step) {
            for (Duration left = step; left.isPositive(); left = left.minus(PACE)) {
                time.advance(left.compareTo(PACE) < 0 ? left : PACE);
                gateways.forEach(gateway -> exchange(gateway, 9, 9));
                quota.sweeper.sweep();
            }
        }

        private void assertFull(long needed) {
            List<Admitted> lately =
                    admitted.stream().filter(one -> one.countsAt(now())).toList();
            long tokensTaken = lately.stream().mapToLong(one -> one.tokens).sum();
            long running = admitted.stream().filter(one -> !one.over).count();
            assertThat(lately.size() + 1 > requests.value()
                            || tokensTaken + needed > tokens.value()
                            || running + 1 > slots.value())
                    .as(
                            "refused %d tokens with %d of %d requests and %d of %d tokens in a minute, and %d of %d running",
                            needed,
                            lately.size(),
                            requests.value(),
                            tokensTaken,
                            tokens.value(),
                            running,
                            slots.value())
                    .isTrue();
        }

        private long now() {
            return time.clock().nanos();
        }
    }
}
