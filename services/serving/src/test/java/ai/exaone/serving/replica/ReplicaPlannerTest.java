package ai.exaone.serving.replica;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.serving.deployment.Deployment;
import ai.exaone.serving.deployment.DeploymentId;
import ai.exaone.serving.deployment.DesiredState;
import ai.exaone.serving.deployment.Launch;
import ai.exaone.serving.deployment.ReplicaId;
import ai.exaone.serving.deployment.ReplicaSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The planner, driven through made-up fates of engines. */
final class ReplicaPlannerTest {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final List<DeploymentId> DEPLOYMENTS = List.of(new DeploymentId("dep_a"), new DeploymentId("dep_b"));

    /** What happens to the world in one round. */
    sealed interface Event {
        /** Somebody asks a deployment for so many engines of some making; nobody wants it where there are none. */
        record Ask(int deployment, int replicas, int making) implements Event {}

        /** Some engine answers its health check. */
        record Answer(int engine) implements Event {}

        /** Some engine does not. */
        record Silence(int engine) implements Event {}

        /** Some engine's process dies. */
        record Death(int engine) implements Event {}

        /** Nothing but time. */
        record Pause() implements Event {}
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Integer> engine = Arbitraries.integers().between(0, 7);
        Arbitrary<Event> asks = Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 2))
                .as(Event.Ask::new);
        return Arbitraries.oneOf(
                        asks,
                        engine.map(Event.Answer::new),
                        engine.map(Event.Silence::new),
                        engine.map(Event.Death::new),
                        Arbitraries.just(new Event.Pause()))
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 500)
    void whateverHappensWhatIsAskedForComesAndThenNothingIsDone(@ForAll("events") List<Event> events) {
        World world = new World();
        for (Event event : events) {
            world.happen(event);
            world.round();
        }
        // From now on all engines are well.
        for (int round = 0; round < 60; round++) {
            world.replicas.replaceAll((slot, replica) -> replica.answered(world.now));
            world.round();
        }
        assertThat(world.plan()).isEmpty();
        Set<ReplicaSlot> asked = new HashSet<>();
        for (Wish wish : world.wishes.values()) {
            for (int index = 0; index < wish.wanted(); index++) {
                asked.add(new ReplicaSlot(wish.deployment().id(), index));
            }
        }
        assertThat(world.replicas.keySet()).isEqualTo(asked);
        assertThat(world.replicas.values())
                .allMatch(replica -> replica.state() == ReplicaState.READY
                        && world.wishes.get(replica.slot().deployment()).covers(replica));
    }

    @Property(tries = 300)
    void thePlanDependsOnWhatIsOnly(@ForAll("events") List<Event> events) {
        World world = new World();
        for (Event event : events) {
            world.happen(event);
            assertThat(world.plan()).isEqualTo(world.plan());
            world.round();
        }
    }

    @Property(tries = 100)
    void enginesThatNeverAnswerAreTriedAgainMoreAndMoreSlowly(@ForAll("failures") int failures) {
        Instant now = Instant.EPOCH;
        Replica replica = Replica.started(new ReplicaId("rpl_0"), new ReplicaSlot(DEPLOYMENTS.getFirst(), 0), "0", now);
        Duration before = Duration.ZERO;
        for (int failure = 0; failure < failures; failure++) {
            replica = replica.exited(now, "gone").orElseThrow();
            Duration pause = Duration.between(now, replica.retryAt());
            assertThat(pause).isGreaterThanOrEqualTo(before).isBetween(Duration.ofMillis(500), Duration.ofSeconds(30));
            before = pause;
            now = replica.retryAt();
            replica = replica.startedAgain(new ReplicaId("rpl_" + failure), "0", now);
            assertThat(replica.restarts()).isEqualTo(failure + 1);
        }
    }

    @Provide
    Arbitrary<Integer> failures() {
        return Arbitraries.integers().between(1, 20);
    }

    /** Engines as the fleet would have them, with the rules that must hold at every step. */
    private static final class World {
        private final ReplicaPlanner planner = new ReplicaPlanner(Patience.DEFAULT);
        private final Map<DeploymentId, Wish> wishes = new HashMap<>();
        private final Map<ReplicaSlot, Replica> replicas = new HashMap<>();
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private int born;

        List<Step> plan() {
            return planner.plan(
                    List.copyOf(wishes.values()),
                    replicas.values().stream()
                            .sorted((left, right) -> ReplicaSlot.ORDER.compare(left.slot(), right.slot()))
                            .toList(),
                    finished(),
                    now);
        }

        void round() {
            Set<ReplicaSlot> touched = new HashSet<>();
            for (Step step : plan()) {
                carryOut(step, touched);
            }
            now = now.plus(ROUND);
            // An engine that was told to end does, sooner or later.
            for (Replica replica : List.copyOf(replicas.values())) {
                if (replica.state() == ReplicaState.ENDING || replica.state() == ReplicaState.FAILING) {
                    die(replica);
                }
            }
        }

        void happen(Event event) {
            switch (event) {
                case Event.Ask(int deployment, int count, int making) -> {
                    DeploymentId id = DEPLOYMENTS.get(deployment);
                    List<String> digests = new ArrayList<>();
                    for (int index = 0; index < count; index++) {
                        digests.add(Integer.toString(making));
                    }
                    wishes.put(id, new Wish(deployment(id, count), 0, digests, Optional.of(START_TIMEOUT)));
                }
                case Event.Answer(int engine) -> with(engine, replica -> put(replica.answered(now)));
                case Event.Silence(int engine) -> with(engine, replica -> put(replica.silent(now, "silent")));
                case Event.Death(int engine) ->
                    with(engine, replica -> {
                        if (replica.state() != ReplicaState.BACKING_OFF) {
                            die(replica);
                        }
                    });
                case Event.Pause pause -> now = now.plus(Duration.ofSeconds(20));
            }
        }

        private void carryOut(Step step, Set<ReplicaSlot> touched) {
            switch (step) {
                case Step.Start(Wish wish, ReplicaSlot slot) -> {
                    assertThat(replicas).doesNotContainKey(slot);
                    touch(touched, slot);
                    put(Replica.started(newId(), slot, wish.launchDigests().get(slot.index()), now));
                }
                case Step.StartAgain(Wish wish, Replica failed) -> {
                    assertThat(failed.state()).isEqualTo(ReplicaState.BACKING_OFF);
                    assertThat(now).isAfterOrEqualTo(failed.retryAt());
                    touch(touched, failed.slot());
                    put(failed.startedAgain(
                            newId(), wish.launchDigests().get(failed.slot().index()), now));
                }
                case Step.Leave(Replica replica) -> {
                    assertThat(replica.state()).isEqualTo(ReplicaState.READY);
                    touch(touched, replica.slot());
                    put(replica.leaving(now));
                }
                case Step.End(Replica replica) -> {
                    assertThat(replica.state())
                            .as("what is routed to leaves first")
                            .isNotEqualTo(ReplicaState.READY);
                    touch(touched, replica.slot());
                    put(replica.ending(now));
                }
                case Step.Fail(Replica replica, String reason) -> {
                    assertThat(replica.state()).isIn(ReplicaState.STARTING, ReplicaState.UNHEALTHY);
                    touch(touched, replica.slot());
                    put(replica.failing(now, reason));
                }
                case Step.Kill(Replica replica) ->
                    assertThat(replica.state()).isIn(ReplicaState.ENDING, ReplicaState.FAILING);
                case Step.Forget(Replica replica) -> {
                    assertThat(replica.state()).isEqualTo(ReplicaState.BACKING_OFF);
                    touch(touched, replica.slot());
                    replicas.remove(replica.slot());
                }
            }
        }

        private static void touch(Set<ReplicaSlot> touched, ReplicaSlot slot) {
            assertThat(touched.add(slot)).as("one step for a slot").isTrue();
        }

        private Set<ReplicaId> finished() {
            Set<ReplicaId> finished = new HashSet<>();
            replicas.values().stream()
                    .filter(replica -> replica.state() == ReplicaState.LEAVING)
                    .forEach(replica -> finished.add(replica.id()));
            return finished;
        }

        private void die(Replica replica) {
            replicas.remove(replica.slot());
            replica.exited(now, "died").ifPresent(this::put);
        }

        private void with(int engine, Consumer<Replica> action) {
            replicas.values().stream()
                    .sorted((left, right) -> ReplicaSlot.ORDER.compare(left.slot(), right.slot()))
                    .skip(engine)
                    .findFirst()
                    .ifPresent(action);
        }

        private void put(Replica replica) {
            replicas.put(replica.slot(), replica);
        }

        private ReplicaId newId() {
            return new ReplicaId("rpl_" + born++);
        }

        private static Deployment deployment(DeploymentId id, int count) {
            DesiredState desired = count == 0 ? DesiredState.STOPPED : DesiredState.RUNNING;
            return new Deployment(
                    id,
                    "model",
                    "llama-cpp",
                    new Launch.OnThisMachine("", 0, 0),
                    Math.max(1, count),
                    desired,
                    Instant.EPOCH);
        }
    }
}
