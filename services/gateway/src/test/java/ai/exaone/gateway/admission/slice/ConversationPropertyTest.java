package ai.exaone.gateway.admission.slice;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.admission.GivenBack;
import ai.exaone.gateway.metering.TokenCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever callers do and however exchanges go: this gateway uses no more than it was granted, tells quota all of it, once, and gives
 * back at its next word all that is recalled and not used.
 */
class ConversationPropertyTest {
    private static final String TENANT = "tnt_1";
    private static final List<CallerModel> CALLERS = List.of(
            new CallerModel("prj_1", "key_1", "", "a"),
            new CallerModel("prj_1", "key_1", "agt_1", "b"),
            new CallerModel("prj_1", "key_2", "agt_1", "a"),
            new CallerModel("prj_2", "", "", "a"));
    private static final List<KnownLimit> LIMITS = List.of(
            limit("", "", "", KnownLimit.Unit.REQUESTS),
            limit("prj_1", "", "", KnownLimit.Unit.TOKENS),
            limit("prj_1", "key_1", "", KnownLimit.Unit.SLOTS),
            limit("prj_1", "key_1", "a", KnownLimit.Unit.REQUESTS),
            limit("prj_1", "", "", KnownLimit.Unit.DAY_TOKENS),
            limit("", "", "", KnownLimit.Unit.MONTH_MONEY),
            limit("", "", Set.of("a", "b"), KnownLimit.Unit.TOKENS),
            limit("prj_1", "key_1", Set.of("b", "c"), KnownLimit.Unit.SLOTS),
            new KnownLimit(
                    "", TENANT, "prj_1", "", "agt_1", Set.of(), KnownLimit.Unit.TOKENS, 1_000, Optional.empty()));
    private static final Optional<KnownPrice> PRICE = Optional.of(new KnownPrice("prc_1", "a", 2, 1, 3, Instant.EPOCH));
    private static final List<Duration> STEPS = List.of(
            Duration.ofMillis(20),
            Duration.ofMillis(300),
            Duration.ofMillis(1_200),
            Duration.ofMillis(2_800),
            Duration.ofSeconds(9),
            Duration.ofSeconds(65));

    /** Something that happens. Numbers are taken modulo what there is to choose from. */
    sealed interface Event {
        record Call(int caller, int tokens) implements Event {}

        record Settle(int hold, int used) implements Event {}

        record Exchange(StrictQuota.Course course, int generosity, boolean recalls, boolean shortens)
                implements Event {}

        record Wait(int step) implements Event {}

        record Ask() implements Event {}

        record Record(int hold) implements Event {}

        record Turn(int days) implements Event {}

        record Limits(int present) implements Event {}
    }

    @Property(tries = 1_000)
    void noMoreIsUsedThanGrantedAndAllOfItIsTold(@ForAll("events") List<Event> events) {
        new Run().play(events);
    }

    @Property(tries = 300)
    void whoLeavesTellsAllAndKeepsNothing(@ForAll("events") List<Event> events) {
        new Run().playAndLeave(events);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 1_000);
        Arbitrary<StrictQuota.Course> courses = Arbitraries.frequency(
                Tuple.of(12, StrictQuota.Course.ANSWERED),
                Tuple.of(2, StrictQuota.Course.ANSWER_LOST),
                Tuple.of(2, StrictQuota.Course.NOT_RECEIVED),
                Tuple.of(1, StrictQuota.Course.OUTDATED));
        Arbitrary<Event> calls = Combinators.combine(any, any).as(Event.Call::new);
        Arbitrary<Event> settles = Combinators.combine(any, any).as(Event.Settle::new);
        Arbitrary<Event> exchanges = Combinators.combine(
                        courses, any, Arbitraries.of(true, false, false), Arbitraries.of(true, false, false))
                .as(Event.Exchange::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(30, calls),
                        Tuple.of(15, settles),
                        Tuple.of(15, exchanges),
                        Tuple.of(6, any.map(Event.Wait::new)),
                        Tuple.of(10, Arbitraries.just(new Event.Ask())),
                        Tuple.of(12, any.map(Event.Record::new)),
                        Tuple.of(1, any.map(Event.Turn::new)),
                        Tuple.of(1, any.map(Event.Limits::new)))
                .list()
                .ofMinSize(20)
                .ofMaxSize(300);
    }

    private static KnownLimit limit(String project, String key, String model, KnownLimit.Unit unit) {
        return limit(project, key, model.isEmpty() ? Set.of() : Set.of(model), unit);
    }

    private static KnownLimit limit(String project, String key, Set<String> models, KnownLimit.Unit unit) {
        return new KnownLimit("", TENANT, project, key, "", models, unit, 1_000, Optional.empty());
    }

    private static final class Run {
        private static final class Silent implements Exchanges {
            private Conversation conversation;
            private boolean hurried;

            @Override
            public void speaks(TenantAccounts tenant) {
                conversation.speaks(tenant);
            }

            @Override
            public void news(long now) {}

            @Override
            public void low(long now) {}

            @Override
            public void starved(long now) {
                hurried = true;
            }
        }

        private long now = 5_000_000_000L;
        private final StrictQuota quota = new StrictQuota();
        private final Silent exchanges = new Silent();
        private final Tenants tenants;
        private final Conversation conversation;
        private final Map<SliceHold, Long> used = new HashMap<>();
        private final AtomicInteger runs = new AtomicInteger();
        private final List<SliceHold> open = new ArrayList<>();
        /** Those that the ledger does not have. */
        private final List<SliceHold> unrecorded = new ArrayList<>();

        private final List<KnownLimit> known = new ArrayList<>();
        private int set;
        private final List<GivenBack> given = new ArrayList<>();
        private boolean unanswered;
        private long firstSent;
        private long confirmed;
        private long requests;
        private long tokens;

        private Run() {
            conversation = new Conversation("gateway-1", quota, () -> "run_" + runs.incrementAndGet(), () -> now);
            exchanges.conversation = conversation;
            tenants = new Tenants(exchanges);
            limits(LIMITS.size());
        }

        private void playAndLeave(List<Event> events) {
            happen(events);
            quota.course = StrictQuota.Course.ANSWERED;
            conversation.leave();
            // What was granted to a run that was given up lapses.
            if (runs.get() == 1) {
                assertThat(quota.requests).isEqualTo(requests);
                assertThat(quota.unused()).isZero();
                known.stream()
                        .filter(limit -> limit.unit().isByCalendar())
                        .forEach(limit -> assertThat(quota.credit(limit))
                                .as("kept of " + limit)
                                .isLessThanOrEqualTo(keptOfAllDays(limit)));
            }
        }

        private void play(List<Event> events) {
            happen(events);
            // A last word: everything that was used is told, and what nobody needs is given back.
            while (!open.isEmpty()) {
                settle(new Event.Settle(0, 3));
            }
            while (!unrecorded.isEmpty()) {
                record(new Event.Record(0));
            }
            exchange(StrictQuota.Course.ANSWERED, 0);
            now += Duration.ofSeconds(2).toNanos();
            exchange(StrictQuota.Course.ANSWERED, 0);
            exchange(StrictQuota.Course.ANSWERED, 0);
            if (runs.get() == 1) {
                // What is given back after more than a minute is not told: it counts nowhere any more.
                assertThat(quota.requests).isEqualTo(requests);
                assertThat(quota.tokens).isGreaterThanOrEqualTo(tokens);
            }
            assertThat(conversation.isHeld()).isFalse();
            int before = quota.received;
            exchange(StrictQuota.Course.ANSWERED, 0);
            assertThat(quota.received).as("exchanges without anything to say").isEqualTo(before);
        }

        private void happen(List<Event> events) {
            for (Event event : events) {
                switch (event) {
                    case Event.Call call -> call(CALLERS.get(call.caller % CALLERS.size()), 1 + call.tokens % 9);
                    case Event.Settle settle -> settle(settle);
                    case Event.Exchange exchange -> {
                        quota.recalls = exchange.recalls;
                        quota.shortens = exchange.shortens;
                        exchange(exchange.course, exchange.generosity % 20);
                    }
                    case Event.Wait step ->
                        now += STEPS.get(step.step % STEPS.size()).toNanos();
                    case Event.Ask ignored -> ask();
                    case Event.Record record -> record(record);
                    case Event.Turn turn -> quota.day += 1 + turn.days % 40;
                    case Event.Limits change -> limits(change.present % (LIMITS.size() + 1));
                }
            }
        }

        private void call(CallerModel caller, long held) {
            Need need = Need.of(1, held, 0, PRICE);
            SliceHold hold = tenants.of(TENANT).take(caller, need, now);
            if (hold != null) {
                hold.account.slices.forEach(this::requireInTerm);
                open.add(hold);
                unrecorded.add(hold);
                requests++;
                tokens += held;
            } else {
                GivenBack back = tenants.of(TENANT).giveBack(caller, need, now);
                known.stream()
                        .filter(limit -> back.slices().containsKey(limit.limitId()))
                        .filter(limit -> !limit.unit().isByCalendar())
                        .forEach(limit -> assertThat(
                                        back.slices().get(limit.limitId()).running())
                                .as("held by what runs")
                                .isEqualTo(held(limit)));
                given.add(back);
            }
        }

        /** What requests hold of a limit that run. */
        private long held(KnownLimit limit) {
            return open.stream()
                    .filter(hold -> limit.isAbove(hold.account.caller))
                    .mapToLong(hold -> switch (limit.unit()) {
                        case SLOTS -> hold.need.slots();
                        case TOKENS -> hold.need.tokens();
                        case DAY_TOKENS, MONTH_TOKENS, DAY_MONEY, MONTH_MONEY, REQUESTS, OTHER -> 0;
                    })
                    .sum();
        }

        /** What the ledger does not have of a day's or month's requests, by calendar. */
        private long kept(KnownLimit limit, int day) {
            return unrecorded.stream()
                    .filter(hold -> limit.isAbove(hold.account.caller))
                    .filter(hold -> hold.day != 0 && limit.unit().isSamePeriod(hold.day, day))
                    .mapToLong(hold -> cost(limit, hold))
                    .sum();
        }

        private long keptOfAllDays(KnownLimit limit) {
            return unrecorded.stream()
                    .filter(hold -> limit.isAbove(hold.account.caller) && hold.day != 0)
                    .mapToLong(hold -> cost(limit, hold))
                    .sum();
        }

        /** What a request counts for: what it holds, or what it used. */
        private long cost(KnownLimit limit, SliceHold hold) {
            long count = open.contains(hold) ? hold.need.tokens() : used.get(hold);
            return limit.unit().isMoney() ? 2 * count : count;
        }

        private void requireInTerm(Slice slice) {
            assertThat(now - confirmed)
                    .as("age of " + slice.limit)
                    .isLessThan(Duration.ofSeconds(quota.term(slice.limit)).toNanos());
        }

        /** What was given back with calls arrives at quota: at once, late, or never. */
        private void ask() {
            if (!given.isEmpty()) {
                quota.giveBack(given.removeLast());
            }
        }

        private void settle(Event.Settle settle) {
            if (!open.isEmpty()) {
                SliceHold hold = open.remove(settle.hold % open.size());
                long share = settle.used % (hold.need.tokens() + 1);
                used.put(hold, share);
                hold.settle(new TokenCounts(share, 0, 0, 0, false), now);
                tokens += share - hold.need.tokens();
            }
        }

        /** The ledger has the record of a request, which may be over before its end is noted here. */
        private void record(Event.Record record) {
            List<SliceHold> over =
                    unrecorded.stream().filter(hold -> !open.contains(hold)).toList();
            if (!over.isEmpty()) {
                SliceHold hold = over.get(record.hold % over.size());
                known.stream()
                        .filter(limit -> limit.unit().isByCalendar() && limit.isAbove(hold.account.caller))
                        .filter(limit -> hold.day != 0)
                        .forEach(limit -> quota.record(limit, hold.day, cost(limit, hold)));
                unrecorded.remove(hold);
                assertThat(hold.recorded(now)).isTrue();
            }
        }

        private void exchange(StrictQuota.Course course, long generosity) {
            if (!unanswered) {
                firstSent = now;
            }
            int runsBefore = runs.get();
            quota.course = course;
            quota.generosity = generosity;
            quota.held = unanswered ? Optional.empty() : Optional.of(this::held);
            quota.kept = unanswered ? Optional.empty() : Optional.of(this::kept);
            exchanges.hurried = false;
            int receivedBefore = quota.received;
            try {
                conversation.exchange();
                boolean isNew = !unanswered && quota.received > receivedBefore;
                if (isNew && quota.recalls && quota.unused() > 0) {
                    assertThat(exchanges.hurried).as("hurry to give back").isTrue();
                }
                confirmed = firstSent;
                unanswered = false;
            } catch (PlatformException expected) {
                // After one that is given up comes a new one.
                unanswered = runs.get() == runsBefore;
                assertThat(course).isNotEqualTo(StrictQuota.Course.ANSWERED);
            } finally {
                quota.held = Optional.empty();
                quota.kept = Optional.empty();
            }
        }

        /** Sets limits, and lifts those beyond; one that is set again is another one. */
        private void limits(int present) {
            while (known.size() > present) {
                known.removeLast();
            }
            while (known.size() < present) {
                KnownLimit next = LIMITS.get(known.size());
                set++;
                known.add(new KnownLimit(
                        "lim_" + set,
                        TENANT,
                        next.projectId(),
                        next.keyId(),
                        next.agentId(),
                        next.models(),
                        next.unit(),
                        next.value(),
                        next.raise()));
            }
            quota.limits(known);
            tenants.replaceAll(known.isEmpty() ? Map.of() : Map.of(TENANT, List.copyOf(known)), now);
        }
    }
}
