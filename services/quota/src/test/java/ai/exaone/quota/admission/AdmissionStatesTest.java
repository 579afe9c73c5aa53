package ai.exaone.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.limit.Models;
import ai.exaone.quota.limit.Scope;
import ai.exaone.quota.price.Rates;
import ai.exaone.quota.price.TokenCount;
import ai.exaone.quota.usage.SpoolPosition;
import ai.exaone.quota.usage.UsageRecord;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
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
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Any sequence of requests, settlements, drains, sweeps, waits, moves to other time zones, restarts, and limits that are set anew, on a real
 * database, against {@link AdmissionModel}.
 */
@Tag("server")
class AdmissionStatesTest {
    private static final List<String> MODELS = List.of("model-a", "model-b");
    private static final List<Duration> STEPS = List.of(
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(61),
            Duration.ofMinutes(20),
            Duration.ofHours(7),
            Duration.ofDays(5));

    /** The first and the last to begin a day, and some that set their clocks. */
    private static final List<ZoneId> ZONES = List.of(
            QuotaTime.ZONE,
            ZoneId.of("Asia/Seoul"),
            ZoneId.of("Pacific/Kiritimati"),
            ZoneId.of("Etc/GMT+12"),
            ZoneId.of("Europe/Berlin"));

    private static TestDatabase database;

    /** Something that happens. Numbers are taken modulo what there is to choose from. */
    sealed interface Event {
        record Ask(int key, int agent, int model, int input, int output) implements Event {}

        record Settle(int request, int input, int output) implements Event {}

        record Drain(int request, int input, int output) implements Event {}

        record Wait(int step) implements Event {}

        record Move(int zone) implements Event {}

        record Sweep() implements Event {}

        record Restart() implements Event {}

        record SetAnew(int limit) implements Event {}
    }

    /** A limit to be set at the beginning. */
    record Wanted(int scope, LimitKind kind, long value) {}

    @BeforeContainer
    static void open() {
        database = TestDatabase.migrated("quota");
    }

    @AfterContainer
    static void close() {
        database.close();
    }

    @Property(tries = 60)
    void everyDecisionAndEveryCountIsTheModels(
            @ForAll("limits") List<Wanted> wanted, @ForAll("events") List<Event> events) {
        new Run(wanted).play(events);
    }

    @Provide
    Arbitrary<List<Wanted>> limits() {
        Arbitrary<Integer> scopes = Arbitraries.integers().between(0, 10);
        return Combinators.combine(
                        scopes,
                        Arbitraries.of(LimitKind.class),
                        Arbitraries.integers().between(0, 9))
                .as((scope, kind, size) -> new Wanted(scope, kind, value(kind, size)))
                .list()
                .uniqueElements(one -> one.scope + " " + one.kind)
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 1_000);
        Arbitrary<Integer> tokens = Arbitraries.integers().between(0, 12);
        Arbitrary<Event> asks =
                Combinators.combine(any, any, any, tokens, tokens).as(Event.Ask::new);
        Arbitrary<Event> settles = Combinators.combine(any, tokens, tokens).as(Event.Settle::new);
        Arbitrary<Event> drains = Combinators.combine(any, tokens, tokens).as(Event.Drain::new);
        Arbitrary<Event> waits = any.map(Event.Wait::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(10, asks),
                        Tuple.of(5, settles),
                        Tuple.of(3, drains),
                        Tuple.of(4, waits),
                        Tuple.of(1, any.map(Event.Move::new)),
                        Tuple.of(2, Arbitraries.just(new Event.Sweep())),
                        Tuple.of(1, Arbitraries.just(new Event.Restart())),
                        Tuple.of(2, any.map(Event.SetAnew::new)))
                .list()
                .ofMinSize(10)
                .ofMaxSize(60);
    }

    private static long value(LimitKind kind, int size) {
        return switch (kind) {
            case REQUESTS_PER_MINUTE, CONCURRENT_REQUESTS -> size;
            case TOKENS_PER_MINUTE, TOKENS_PER_DAY, TOKENS_PER_MONTH -> size * 10L;
            case BUDGET_PER_DAY, BUDGET_PER_MONTH -> size * 45L;
        };
    }

    /** One sequence: quota and its model side by side. */
    private static final class Run {
        private final QuotaTime time = QuotaTime.started();
        private QuotaUnderTest quota = QuotaUnderTest.start(database.transactions(), time);
        private final String project = quota.project;
        private final List<String> keys = List.of(quota.key, QuotaUnderTest.IDS.next("key"), "");
        private final List<String> agents = List.of("", QuotaUnderTest.IDS.next("agt"));
        private final List<Limit> limits = new ArrayList<>();
        private final AdmissionModel model;
        private long drained = quota.ledger.watermark(QuotaUnderTest.GATEWAY).offset();

        Run(List<Wanted> wanted) {
            for (String name : MODELS) {
                var rates = new Rates(AdmissionModel.INPUT_MICROS, 0, AdmissionModel.OUTPUT_MICROS);
                // Prices are the installation's: all sequences start at the same moment, and the first set them.
                if (quota.admission.inForce(name).isEmpty()) {
                    quota.prices.create(name, rates, Optional.empty(), Optional.empty(), QuotaUnderTest.ADMIN);
                }
            }
            for (Wanted one : wanted) {
                limits.add(quota.limit(scope(one.scope), one.kind, one.value));
            }
            model = new AdmissionModel(limits, time.wall.instant(), time::zone);
        }

        void play(List<Event> events) {
            try {
                events.forEach(this::play);
            } finally {
                quota.close();
            }
        }

        private void play(Event event) {
            Instant now = time.wall.instant();
            switch (event) {
                case Event.Ask ask -> ask(ask, now);
                case Event.Settle settle -> settle(settle, now);
                case Event.Drain drain -> drain(drain, now);
                case Event.Wait(int step) -> time.advance(STEPS.get(step % STEPS.size()));
                case Event.Move(int zone) -> time.move(ZONES.get(zone % ZONES.size()));
                case Event.Sweep sweep -> {
                    quota.sweeper.sweep();
                    model.sweep(now);
                }
                case Event.Restart restart -> restart(now);
                case Event.SetAnew(int limit) -> setAnew(limit % limits.size(), now);
            }
            Instant after = time.wall.instant();
            for (Limit limit : limits) {
                assertThat(quota.used(limit)).as("%s after %s", limit, event).isEqualTo(model.used(limit, after));
            }
        }

        /** A limit that was lifted and is set again knows what was used before and meanwhile. */
        private void setAnew(int index, Instant now) {
            Limit lifted = limits.get(index);
            quota.limits.delete(quota.tenant, lifted.limitId(), QuotaUnderTest.ADMIN);
            quota.sweeper.sweep();
            model.sweep(now);
            limits.set(index, quota.limit(lifted.scope(), lifted.kind(), lifted.value()));
        }

        private void ask(Event.Ask ask, Instant now) {
            var request = new AdmissionRequest(
                    QuotaUnderTest.IDS.next("req"),
                    quota.tenant,
                    project,
                    keys.get(ask.key % keys.size()),
                    agents.get(ask.agent % agents.size()),
                    MODELS.get(ask.model % MODELS.size()),
                    new TokenCount(ask.input, 0, ask.output),
                    QuotaUnderTest.GATEWAY);
            boolean admitted = quota.admission.admit(request).decision() instanceof Decision.Admitted;
            assertThat(admitted).as("%s", request).isEqualTo(model.admit(request, now));
        }

        private void settle(Event.Settle settle, Instant now) {
            if (!model.requests.isEmpty()) {
                AdmissionModel.Request request = chosen(settle.request);
                assertThat(quota.settle(request.id, settle.input, settle.output))
                        .isEqualTo(model.settle(request, settle.input, settle.output, now));
            }
        }

        private void drain(Event.Drain drain, Instant now) {
            if (model.requests.isEmpty()) {
                return;
            }
            AdmissionModel.Request request = chosen(drain.request);
            UsageRecord call = quota.call(request.id, drain.input, drain.output);
            append(List.of(call));
            model.record(request, drain.input, drain.output, call.startedAt(), now);
        }

        private void restart(Instant now) {
            if (model.onAnUncountedDay(now)) {
                return;
            }
            // Nobody waits for what a sweep writes; a drain waits for all that was written before it.
            append(List.of());
            model.hear(now);
            QuotaUnderTest killed = quota;
            quota = killed.another(database.transactions());
            killed.close();
            model.restart(now);
        }

        private void append(List<UsageRecord> calls) {
            var to = new SpoolPosition(0, drained + 1);
            assertThat(quota.ledger.append(QuotaUnderTest.GATEWAY, new SpoolPosition(0, drained), to, calls))
                    .isEqualTo(to);
            drained++;
        }

        private AdmissionModel.Request chosen(int number) {
            return model.requests.get(number % model.requests.size());
        }

        private Scope scope(int number) {
            return List.of(
                            new Scope("", "", ""),
                            new Scope("", "", MODELS.getFirst()),
                            new Scope(project, "", ""),
                            new Scope(project, "", MODELS.getLast()),
                            new Scope(project, keys.getFirst(), ""),
                            new Scope(project, keys.getFirst(), MODELS.getFirst()),
                            new Scope("", "", new Models(MODELS)),
                            new Scope(project, "", new Models(List.of("model-b", "model-c"))),
                            new Scope(project, keys.getFirst(), new Models(List.of("model-c", "model-a"))),
                            new Scope(project, "", agents.getLast(), Models.ALL),
                            new Scope(project, "", agents.getLast(), Models.of(MODELS.getFirst())))
                    .get(number);
        }
    }
}
