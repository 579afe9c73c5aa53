package ai.exaone.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.price.TokenCount;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
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
 * Whatever gateways do and in whatever order: no day and no month has more tokens or money than the limits, and in the end what counts is what
 * the ledger has, to the last unit. Gateways admit from slices or ask, exchange, drain, lose answers, are silent, die and come back; quota
 * sweeps and restarts, days and months turn, and the tenant moves to other zones.
 */
@Tag("server")
class CalendarSlicesPropertyTest {
    private static final List<Duration> STEPS = List.of(
            Duration.ofMillis(40),
            Duration.ofMillis(600),
            Duration.ofMillis(2_900),
            Duration.ofSeconds(8),
            Duration.ofSeconds(11),
            Duration.ofSeconds(70),
            Duration.ofMinutes(11),
            Duration.ofHours(7),
            Duration.ofDays(3));
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("Asia/Seoul"), ZoneId.of("America/New_York"), ZoneId.of("UTC"), ZoneId.of("Pacific/Auckland"));
    private static final Duration SWEEPS = Duration.ofMillis(500);
    private static final int MOST_SWEEPS = 30;
    private static final int GATEWAYS = 3;
    private static final long MICROS = 7;

    private static TestDatabase database;

    /** Something that happens. Numbers are taken modulo what there is to choose from. */
    sealed interface Event {
        record Ask(int gateway, int tokens) implements Event {}

        record End(int gateway, int call, int used) implements Event {}

        record Drain(int gateway, int most, boolean lost) implements Event {}

        record Exchange(int gateway, int keep, int want, boolean lost) implements Event {}

        record Wait(int step) implements Event {}

        record Die(int gateway, int share) implements Event {}

        record BeginAgain(int gateway) implements Event {}

        record Restart() implements Event {}

        record Move(int zone) implements Event {}

        record Raise(int limit, int more, int seconds) implements Event {}
    }

    @BeforeContainer
    static void open() {
        database = TestDatabase.migrated("quota");
        try (QuotaUnderTest first = QuotaUnderTest.start(database.transactions(), QuotaTime.started())) {
            first.price(MICROS, 0, MICROS);
        }
    }

    @AfterContainer
    static void close() {
        database.close();
    }

    @Property(tries = 300)
    void nothingIsEverAboveALimitAndTheLedgerHasTheLastWord(
            @ForAll @IntRange(min = 1, max = 120) int day,
            @ForAll @IntRange(min = 1, max = 300) int month,
            @ForAll @IntRange(min = 1, max = 900) int money,
            @ForAll("events") List<Event> events) {
        new Run(day, month, money).play(events);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 1_000);
        Arbitrary<Boolean> rarely = Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true));
        Arbitrary<Event> asks = Combinators.combine(any, any).as(Event.Ask::new);
        Arbitrary<Event> ends = Combinators.combine(any, any, any).as(Event.End::new);
        Arbitrary<Event> drains = Combinators.combine(any, any, rarely).as(Event.Drain::new);
        Arbitrary<Event> exchanges = Combinators.combine(any, any, any, rarely).as(Event.Exchange::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(30, asks),
                        Tuple.of(16, ends),
                        Tuple.of(6, drains),
                        Tuple.of(24, exchanges),
                        Tuple.of(8, any.map(Event.Wait::new)),
                        Tuple.of(4, Combinators.combine(any, any).as(Event.Die::new)),
                        Tuple.of(1, any.map(Event.BeginAgain::new)),
                        Tuple.of(4, Arbitraries.just(new Event.Restart())),
                        Tuple.of(1, any.map(Event.Move::new)),
                        Tuple.of(3, Combinators.combine(any, any, any).as(Event.Raise::new)))
                .list()
                .ofMinSize(20)
                .ofMaxSize(200);
    }

    /** One quota, some gateways, and a note of everything that was admitted. */
    private static final class Run {
        private final QuotaTime time = QuotaTime.started();
        private QuotaUnderTest quota = QuotaUnderTest.start(database.transactions(), time);
        private final List<Limit> limits;
        private final List<SpendingGateway> gateways = new ArrayList<>();
        private final List<SpendingGateway.Call> admitted = new ArrayList<>();
        private long elapsed;

        private Run(int day, int month, int money) {
            this.limits = new ArrayList<>(List.of(
                    quota.limit(LimitKind.TOKENS_PER_DAY, day),
                    quota.limit(LimitKind.TOKENS_PER_MONTH, month),
                    quota.limit(LimitKind.BUDGET_PER_DAY, money),
                    quota.limit(LimitKind.BUDGET_PER_MONTH, 2L * money)));
            for (int index = 0; index < GATEWAYS; index++) {
                gateways.add(new SpendingGateway(
                        quota.tenant + index, List.copyOf(limits), CalendarSlicesPropertyTest::counted, () -> elapsed));
            }
        }

        private void play(List<Event> events) {
            for (Event event : events) {
                switch (event) {
                    case Event.Ask ask -> ask(gateway(ask.gateway), 1 + ask.tokens % 20);
                    case Event.End end -> end(gateway(end.gateway), end);
                    case Event.Drain drain -> gateway(drain.gateway).drain(quota, drain.most % 5, drain.lost);
                    case Event.Exchange exchange -> exchange(exchange);
                    case Event.Wait step -> pass(STEPS.get(step.step % STEPS.size()));
                    case Event.Die die -> gateway(die.gateway).die(quota, die.share);
                    case Event.BeginAgain again -> gateway(again.gateway).beginAgain();
                    case Event.Restart ignored -> restart();
                    case Event.Move move -> time.move(ZONES.get(move.zone % ZONES.size()));
                    case Event.Raise raise -> raise(raise);
                }
            }
            settleAll();
            quota.close();
            forget();
        }

        /** All runs are at the same time: without this, the restarts of each would read what those before it said. */
        private void forget() {
            database.transactions().withHandle(handle -> handle.execute("DELETE FROM slice_exchange"));
        }

        private SpendingGateway gateway(int index) {
            return gateways.get(index % GATEWAYS);
        }

        private void ask(SpendingGateway gateway, long tokens) {
            Optional<SpendingGateway.Call> call = gateway.admit(tokens);
            if (call.isPresent()) {
                note(call.get());
                return;
            }
            AdmissionRequest request = request(gateway.gatewayId, tokens);
            if (decision(request, gateway.giveBack(tokens)) instanceof Decision.Admitted) {
                LocalDate day = quota.generations
                        .current()
                        .book(quota.tenant)
                        .hold(request.requestId())
                        .orElseThrow()
                        .day();
                note(gateway.admitted(request.requestId(), day, tokens));
            }
        }

        private AdmissionRequest request(String gatewayId, long tokens) {
            return new AdmissionRequest(
                    QuotaUnderTest.IDS.next("req"),
                    quota.tenant,
                    quota.project,
                    quota.key,
                    QuotaUnderTest.MODEL,
                    new TokenCount(tokens, 0, 0),
                    gatewayId);
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

        private void end(SpendingGateway gateway, Event.End end) {
            List<SpendingGateway.Call> running = gateway.running();
            if (!running.isEmpty()) {
                SpendingGateway.Call call = running.get(end.call % running.size());
                gateway.end(call, end.used % (call.tokens + 1));
            }
        }

        private void exchange(Event.Exchange exchange) {
            SpendingGateway gateway = gateway(exchange.gateway);
            try {
                gateway.exchange(quota, exchange.keep % 300, exchange.want % 300, exchange.lost);
            } catch (PlatformException refused) {
                assertThat(refused.reason()).isEqualTo(AdmissionError.SLICES_OUTDATED);
                gateway.beginAgain();
            }
        }

        private void pass(Duration step) {
            Duration between = step.dividedBy(MOST_SWEEPS).compareTo(SWEEPS) > 0 ? step.dividedBy(MOST_SWEEPS) : SWEEPS;
            for (Duration left = step; left.isPositive(); left = left.minus(between)) {
                Duration part = left.compareTo(between) < 0 ? left : between;
                time.advance(part);
                elapsed += part.toNanos();
                quota.sweeper.sweep();
            }
        }

        private void restart() {
            QuotaUnderTest killed = quota;
            quota = killed.another(database.transactions());
            killed.close();
        }

        private void raise(Event.Raise raise) {
            limits.set(
                    raise.limit % limits.size(),
                    quota.raisedForAWhile(
                            limits.get(raise.limit % limits.size()), 1 + raise.more % 300, 1 + raise.seconds % 40));
        }

        private void note(SpendingGateway.Call call) {
            admitted.add(call);
            for (Limit limit : limits) {
                long period = limit.kind().period(call.day);
                assertThat(used(limit, period)).as(limit.kind().words()).isLessThanOrEqualTo(amount(limit));
            }
        }

        private long amount(Limit limit) {
            return limit.amount(time.wall.instant());
        }

        private long used(Limit limit, long period) {
            return admitted.stream()
                    .filter(one -> limit.kind().period(one.day) == period)
                    .mapToLong(one -> counted(limit, one.tokens))
                    .sum();
        }

        /** All calls end, all spools are drained, and gateways give back all they have: then what counts is what was used. */
        private void settleAll() {
            for (SpendingGateway gateway : gateways) {
                gateway.running().forEach(call -> gateway.end(call, call.tokens / 2));
                gateway.drain(quota, Integer.MAX_VALUE / 2, false);
                gateway.beginAgain();
                gateway.exchange(quota, 0, 0, false);
                gateway.exchange(quota, 0, 0, false);
            }
            check();
            restart();
            check();
        }

        private void check() {
            LocalDate today = quota.generations.current().book(quota.tenant).withGrants((grants, now) -> now.day());
            for (Limit limit : limits) {
                long used = used(limit, limit.kind().period(today));
                assertThat(quota.used(limit)).as(limit.kind().words()).isEqualTo(used);
            }
            assertAllIsFree(today);
        }

        /** What is left can be had by a single request. */
        private void assertAllIsFree(LocalDate today) {
            long free = limits.stream()
                    .mapToLong(limit -> {
                        long used = used(limit, limit.kind().period(today));
                        return (amount(limit) - used) / counted(limit, 1);
                    })
                    .min()
                    .orElseThrow();
            if (free > 0) {
                AdmissionRequest request = request("other", free);
                assertThat(decision(request, GivenBack.NOTHING)).isInstanceOf(Decision.Admitted.class);
                quota.settle(request.requestId(), 0, 0);
            }
        }
    }

    private static long counted(Limit limit, long tokens) {
        return limit.kind().isBudget() ? tokens * MICROS : tokens;
    }
}
