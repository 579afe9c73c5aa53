package ai.exaone.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.limit.Models;
import ai.exaone.quota.limit.Scope;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Whatever gateways do and in whatever order: no 60 seconds have more admissions than the limit, no moment more requests that run. Gateways
 * admit from slices or ask, exchange, lose answers, repeat, are silent, die, run fast or slow; quota sweeps, restarts, and has its
 * calendar set; limits are raised for a time, and are what they were after it; some are shared by models, of which gateways know one.
 */
@Tag("server")
class SlicesPropertyTest {
    private static final List<Duration> STEPS = List.of(
            Duration.ofMillis(40),
            Duration.ofMillis(300),
            Duration.ofMillis(1_100),
            Duration.ofMillis(2_900),
            Duration.ofSeconds(8),
            Duration.ofSeconds(30),
            Duration.ofSeconds(59),
            Duration.ofSeconds(70));
    private static final int GATEWAYS = 3;
    private static final Instant START = QuotaTime.started().wall.instant();
    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private static final String OTHER_MODEL = "another-model";
    private static final Models SHARED = new Models(List.of(QuotaUnderTest.MODEL, OTHER_MODEL));

    private static TestDatabase database;

    /** Something that happens. Numbers are taken modulo what there is to choose from. */
    sealed interface Event {
        record Ask(int gateway, int tokens, boolean late) implements Event {}

        record Settle(int call, int used) implements Event {}

        record Exchange(int gateway, int keep, int want, boolean lost) implements Event {}

        record Wait(int step) implements Event {}

        record Die(int gateway) implements Event {}

        record Sweep() implements Event {}

        record Restart() implements Event {}

        record SetCalendar(int millis) implements Event {}

        record Raise(int limit, int more, int seconds) implements Event {}
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
    void nothingIsEverAboveALimit(
            @ForAll @IntRange(min = 1, max = 60) int requests,
            @ForAll @IntRange(min = 1, max = 400) int tokens,
            @ForAll @IntRange(min = 1, max = 30) int slots,
            @ForAll boolean isShared,
            @ForAll("events") List<Event> events) {
        new Run(requests, tokens, slots, isShared ? SHARED : Models.ALL).play(events);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 1_000);
        Arbitrary<Boolean> rarely = Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true));
        Arbitrary<Event> asks = Combinators.combine(any, any, rarely).as(Event.Ask::new);
        Arbitrary<Event> settles = Combinators.combine(any, any).as(Event.Settle::new);
        Arbitrary<Event> exchanges = Combinators.combine(any, any, any, rarely).as(Event.Exchange::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(30, asks),
                        Tuple.of(12, settles),
                        Tuple.of(20, exchanges),
                        Tuple.of(12, any.map(Event.Wait::new)),
                        Tuple.of(1, any.map(Event.Die::new)),
                        Tuple.of(3, Arbitraries.just(new Event.Sweep())),
                        Tuple.of(4, Arbitraries.just(new Event.Restart())),
                        Tuple.of(1, any.map(Event.SetCalendar::new)),
                        Tuple.of(3, Combinators.combine(any, any, any).as(Event.Raise::new)))
                .list()
                .ofMinSize(20)
                .ofMaxSize(200);
    }

    /** One quota, some gateways, and a note of everything that was admitted. */
    private static final class Run {
        /** A request that was admitted, by whomever; its tokens become what it used. */
        private static final class Admitted {
            private final long nanos;
            private long tokens;
            private final SlicingGateway gateway;
            private final Optional<SlicingGateway.Call> call;
            private final String requestId;
            private boolean over;
            /** Whether its gateway was in touch ever since: others are given the slots of one that is silent. */
            private boolean counted = true;

            private Admitted(
                    long nanos,
                    long tokens,
                    SlicingGateway gateway,
                    Optional<SlicingGateway.Call> call,
                    String requestId) {
                this.nanos = nanos;
                this.tokens = tokens;
                this.gateway = gateway;
                this.call = call;
                this.requestId = requestId;
            }
        }

        private final QuotaTime time = QuotaTime.started();
        private QuotaUnderTest quota = QuotaUnderTest.start(database.transactions(), time);
        /** Requests, tokens, slots. */
        private final List<Limit> limits;

        private final List<SlicingGateway> gateways = new ArrayList<>();
        private final Map<SlicingGateway, Long> exchanged = new HashMap<>();
        private final Map<SlicingGateway, Long> heard = new HashMap<>();
        private final Map<SlicingGateway, GivenBack> delayed = new HashMap<>();
        private final List<Admitted> admitted = new ArrayList<>();
        private long elapsed;
        private int born;

        private Run(int requests, int tokens, int slots, Models models) {
            var scope = new Scope("", "", models);
            this.limits = new ArrayList<>(List.of(
                    quota.limit(scope, LimitKind.REQUESTS_PER_MINUTE, requests),
                    quota.limit(scope, LimitKind.TOKENS_PER_MINUTE, tokens),
                    quota.limit(scope, LimitKind.CONCURRENT_REQUESTS, slots)));
            for (int index = 0; index < GATEWAYS; index++) {
                gateways.add(born());
            }
        }

        private void play(List<Event> events) {
            for (Event event : events) {
                switch (event) {
                    case Event.Ask ask -> ask(gateways.get(ask.gateway % GATEWAYS), 1 + ask.tokens % 20, ask);
                    case Event.Settle settle -> settle(settle);
                    case Event.Exchange exchange -> exchange(exchange);
                    case Event.Wait step -> pass(STEPS.get(step.step % STEPS.size()));
                    case Event.Die die -> gateways.set(die.gateway % GATEWAYS, born());
                    case Event.Sweep ignored -> quota.sweeper.sweep();
                    case Event.Restart ignored -> restart();
                    case Event.SetCalendar set ->
                        time.setCalendar(START.plusNanos(elapsed).plusMillis(set.millis));
                    case Event.Raise raise -> raise(raise);
                }
            }
            quota.close();
        }

        /** A gateway with a clock of its own: from another origin, and up to 5 % fast or slow. */
        private SlicingGateway born() {
            born++;
            double speed = 0.95 + 0.05 * (born % 3);
            long origin = born * 1_000_000_007L;
            return new SlicingGateway(
                    "gateway-" + born, quota, List.copyOf(limits), () -> origin + (long) (elapsed * speed));
        }

        private void ask(SlicingGateway gateway, long held, Event.Ask ask) {
            Optional<SlicingGateway.Call> call = gateway.admit(held);
            if (call.isPresent()) {
                note(new Admitted(elapsed, held, gateway, call, ""));
                return;
            }
            AdmissionRequest request = new AdmissionRequest(
                    QuotaUnderTest.IDS.next("req"),
                    quota.tenant,
                    quota.project,
                    quota.key,
                    ask.tokens % 2 == 0 ? QuotaUnderTest.MODEL : OTHER_MODEL,
                    new ai.exaone.quota.price.TokenCount(held, 0, 0),
                    gateway.gatewayId);
            heard.put(gateway, elapsed);
            if (decision(request, given(gateway, ask)) instanceof Decision.Admitted) {
                note(new Admitted(elapsed, held, gateway, Optional.empty(), request.requestId()));
            }
        }

        /** What a request is told at last, if nothing is freed while it waits. */
        private Decision decision(AdmissionRequest request, GivenBack given) {
            long since = time.clock().nanos();
            Admission admission = quota.admission;
            quota.generations.current().heard(request.gatewayId());
            return admission
                    .decide(request, given, new Book.Waiting(since, false))
                    .or(() -> admission.decide(request, GivenBack.NOTHING, new Book.Waiting(since, true)))
                    .orElseThrow()
                    .decision();
        }

        /** What comes with a call: what its gateway gives back, or, of two calls that overtook each other, what the earlier one gave. */
        private GivenBack given(SlicingGateway gateway, Event.Ask ask) {
            GivenBack given = gateway.giveBack(ask.tokens % 7);
            if (!ask.late) {
                return given;
            }
            GivenBack earlier = delayed.put(gateway, given);
            return earlier == null ? GivenBack.NOTHING : earlier;
        }

        private void settle(Event.Settle settle) {
            List<Admitted> open = admitted.stream()
                    .filter(one -> !one.over && gateways.contains(one.gateway))
                    .toList();
            if (open.isEmpty()) {
                return;
            }
            Admitted one = open.get(settle.call % open.size());
            long used = settle.used % (one.tokens + 1);
            if (one.call.isEmpty()) {
                heard.put(one.gateway, elapsed);
            }
            one.over = true;
            one.call.ifPresentOrElse(
                    call -> one.gateway.settle(call, used), () -> quota.settle(one.requestId, used, 0));
            one.tokens = used;
        }

        private void exchange(Event.Exchange exchange) {
            SlicingGateway gateway = gateways.get(exchange.gateway % GATEWAYS);
            exchanged.put(gateway, elapsed);
            heard.put(gateway, elapsed);
            try {
                gateway.exchange(quota.slices::exchange, exchange.keep % 20, exchange.want % 30, exchange.lost);
            } catch (PlatformException refused) {
                assertThat(refused.reason()).isEqualTo(AdmissionError.SLICES_OUTDATED);
                gateway.beginAgain();
            }
        }

        /** Sweeps come at least each half second, as the sweeper's thread has it. */
        private void pass(Duration step) {
            for (Duration left = step; left.isPositive(); left = left.minusMillis(500)) {
                Duration part = left.compareTo(Duration.ofMillis(500)) < 0 ? left : Duration.ofMillis(500);
                time.advance(part);
                elapsed += part.toNanos();
                quota.sweeper.sweep();
                admitted.forEach(one -> one.counted &= isInTouch(one));
            }
        }

        private boolean isInTouch(Admitted one) {
            Map<SlicingGateway, Long> last = one.call.isPresent() ? exchanged : heard;
            return elapsed - last.getOrDefault(one.gateway, 0L) <= SILENCE.toNanos();
        }

        private void raise(Event.Raise raise) {
            limits.set(
                    raise.limit % limits.size(),
                    quota.raisedForAWhile(
                            limits.get(raise.limit % limits.size()), 1 + raise.more % 100, 1 + raise.seconds % 40));
        }

        private long amount(int index) {
            return limits.get(index).amount(time.wall.instant());
        }

        private void restart() {
            quota = quota.another(database.transactions());
        }

        private void note(Admitted one) {
            admitted.add(one);
            long since = elapsed - MINUTE.toNanos();
            List<Admitted> lately =
                    admitted.stream().filter(other -> other.nanos > since).toList();
            assertThat(lately).as("requests in 60 s").hasSizeLessThanOrEqualTo((int) amount(0));
            assertThat(lately.stream().mapToLong(other -> other.tokens).sum())
                    .as("tokens in 60 s")
                    .isLessThanOrEqualTo(amount(1));
            assertThat(admitted.stream()
                            .filter(other -> !other.over && other.counted && gateways.contains(other.gateway)))
                    .as("requests that run")
                    .hasSizeLessThanOrEqualTo((int) amount(2));
        }
    }
}
