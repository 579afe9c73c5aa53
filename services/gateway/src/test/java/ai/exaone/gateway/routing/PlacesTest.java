package ai.exaone.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.queue.Priority;
import ai.exaone.gateway.queue.QueueConfig;
import ai.exaone.gateway.queue.QueueListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Places at replicas that answer only so many calls at once. */
class PlacesTest {
    private final AtomicLong now = new AtomicLong();
    private final Noted noted = new Noted();
    private final Router router =
            new Router(new Random(1), now::get, new QueueConfig(Duration.ofSeconds(30), 2), noted);

    @Example
    void waitsForAPlaceAndHasItWhenOneIsGivenBack() {
        know(TestRoutes.bounded(2, 1));
        ScriptedSeeker first = placed("t0");
        ScriptedSeeker second = placed("t0");
        assertThat(first.lease().replica().id())
                .isNotEqualTo(second.lease().replica().id());

        ScriptedSeeker third = ScriptedSeeker.of("t0");
        assertThat(seek(third)).isPresent();
        assertThat(third.isPlaced()).isFalse();
        passSeconds(3);
        second.end();

        assertThat(third.lease().replica().id())
                .isEqualTo(second.lease().replica().id());
        assertThat(noted.ends).containsExactly("PLACED after 3 s");
    }

    @Example
    void forgetsThoseThatLeave() {
        know(TestRoutes.bounded(1, 1));
        ScriptedSeeker first = placed("t0");
        ScriptedSeeker gone = ScriptedSeeker.of("t0");
        ScriptedSeeker next = ScriptedSeeker.of("t0");
        Waiting leaving = seek(gone).orElseThrow();
        seek(next);
        leaving.leave();
        leaving.leave();
        first.end();

        assertThat(gone.isPlaced()).isFalse();
        assertThat(next.isPlaced()).isTrue();
    }

    @Example
    void refusesWhoWaitsTooLongAndSaysWhenToComeAgain() {
        know(TestRoutes.bounded(1, 1));
        ScriptedSeeker first = placed("t0");
        passSeconds(8);
        first.end();
        placed("t0");
        ScriptedSeeker waiting = ScriptedSeeker.of("t0");
        seek(waiting);
        passSeconds(29);
        router.tick();
        assertThat(waiting.refusal()).isEmpty();
        passSeconds(1);
        router.tick();

        assertThat(reason(waiting)).contains(RoutingError.MODEL_BUSY);
        // Calls take 8 s here, and there is one place.
        assertThat(waiting.refusal().flatMap(PlatformException::retryAfter).orElseThrow())
                .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
    }

    @Example
    void refusesThoseWhoseLineIsLongestWhereTheQueueIsFull() {
        know(TestRoutes.bounded(1, 2));
        placed("greedy");
        placed("greedy");
        List<ScriptedSeeker> greedy =
                IntStream.range(0, 5).mapToObj(i -> ScriptedSeeker.of("greedy")).toList();
        greedy.forEach(this::seek);
        assertThat(greedy.stream().map(ScriptedSeeker::refusal).filter(Optional::isPresent))
                .hasSize(1);
        assertThat(reason(greedy.getLast())).contains(RoutingError.MODEL_QUEUE_FULL);

        ScriptedSeeker modest = ScriptedSeeker.of("modest");
        assertThat(seek(modest)).isPresent();
        assertThat(modest.refusal()).isEmpty();
        assertThat(reason(greedy.get(3))).contains(RoutingError.MODEL_QUEUE_FULL);
        assertThat(greedy.get(3).refusal().flatMap(PlatformException::retryAfter))
                .isPresent();
    }

    @Example
    void givesWeightedTenantsAboutTheirPartsWhereNobodyGoesOnWaiting() {
        know(TestRoutes.bounded(1, 4, Map.of("heavy", 3)));
        List<ScriptedSeeker> running = new ArrayList<>(
                IntStream.range(0, 4).mapToObj(i -> placed("light")).toList());
        int heavy = 0;
        for (int round = 0; round < 400; round++) {
            ScriptedSeeker heavyOne = ScriptedSeeker.of("heavy");
            ScriptedSeeker lightOne = ScriptedSeeker.of("light");
            Waiting heavyWaiting = seek(heavyOne).orElseThrow();
            Waiting lightWaiting = seek(lightOne).orElseThrow();
            passSeconds(1);
            running.removeFirst().end();
            heavy += heavyOne.isPlaced() ? 1 : 0;
            running.add(heavyOne.isPlaced() ? heavyOne : lightOne);
            // Asked for anew each time: nothing is promised then but that weights still tell.
            heavyWaiting.leave();
            lightWaiting.leave();
        }
        assertThat(heavy).isBetween(260, 340);
    }

    @Property(tries = 20)
    void aGreedyTenantLeavesAModestOneItsShareOfCallsOfOneLength(
            @ForAll @IntRange(min = 1, max = 4) int weight, @ForAll @IntRange(min = 1, max = 5) int places) {
        Router wide = new Router(new Random(1), now::get, QueueConfig.DEFAULTS, QueueListener.NONE);
        ModelRoute route = TestRoutes.bounded(1, 4 * places, Map.of("modest", weight));
        wide.know(List.of(route));
        List<ScriptedSeeker> all = new ArrayList<>();
        IntStream.range(0, 64).forEach(i -> all.add(asking(wide, route, "greedy")));
        IntStream.range(0, 6 * places).forEach(i -> all.add(asking(wide, route, "modest")));
        int modest = 0;
        for (int i = 0; i < 1_000; i++) {
            passSeconds(1);
            // The one that has had its place for longest, so that all calls take equally long.
            ScriptedSeeker ending = all.stream()
                    .filter(ScriptedSeeker::isPlaced)
                    .min(Comparator.comparingLong(seeker -> seeker.lease().begunAt()))
                    .orElseThrow();
            all.remove(ending);
            modest += ending.tenantId().equals("modest") ? 1 : 0;
            ending.end();
            all.add(asking(wide, route, ending.tenantId()));
        }
        double share = 1_000.0 * weight / (weight + 1);
        assertThat((double) modest).isBetween(share - 8 * places, share + 8 * places);
    }

    private static ScriptedSeeker asking(Router router, ModelRoute route, String tenantId) {
        ScriptedSeeker seeker = ScriptedSeeker.of(tenantId);
        router.seek(route, seeker);
        return seeker;
    }

    @Example
    void letsARetryGoFirstToAReplicaItHasNotTried() {
        know(TestRoutes.bounded(2, 1));
        ScriptedSeeker atOne = placed("t0");
        ScriptedSeeker atOther = placed("t0");
        ScriptedSeeker patient = ScriptedSeeker.of("t0");
        ScriptedSeeker retry = new ScriptedSeeker(
                "t0", Priority.INTERACTIVE, Set.of(atOne.lease().replica().id()));
        seek(patient);
        seek(retry);
        atOther.end();
        assertThat(retry.isPlaced()).isTrue();
        atOne.end();
        assertThat(patient.isPlaced()).isTrue();
    }

    @Example
    void goesOnWhenARouteBringsMorePlacesOrNoneAtAll() {
        know(TestRoutes.bounded(1, 1));
        placed("t0");
        ScriptedSeeker second = ScriptedSeeker.of("t0");
        ScriptedSeeker third = ScriptedSeeker.of("t0");
        seek(second);
        seek(third);
        know(TestRoutes.bounded(2, 1));
        assertThat(second.isPlaced()).isTrue();
        assertThat(third.isPlaced()).isFalse();
        know(TestRoutes.bounded(0, 1));
        assertThat(third.isWithoutReplica()).isTrue();
    }

    @Example
    void goesOnWhenAnEjectedReplicaMayBeTriedAgain() {
        know(TestRoutes.bounded(2, 1));
        ScriptedSeeker failing = placed("t0");
        placed("t0");
        failing.lease().failed();
        failing.lease().close();
        ScriptedSeeker waiting = ScriptedSeeker.of("t0");
        seek(waiting);
        router.tick();
        assertThat(waiting.isPlaced()).isFalse();
        passSeconds(1);
        router.tick();
        assertThat(waiting.isPlaced()).isTrue();
    }

    @Example
    void neverHasMoreInFlightThanItsPartOfThePlaces() {
        router.isOne(new GatewayPart(1, 2));
        know(TestRoutes.bounded(1, 5));
        IntStream.range(0, 2).forEach(i -> placed("t0"));
        assertThat(seek(ScriptedSeeker.of("t0"))).isPresent();
    }

    @Property
    void gatewaysPartsComeToTheWhole(
            @ForAll @IntRange(min = 1, max = 50) int places,
            @ForAll @IntRange(min = 1, max = 8) int gateways,
            @ForAll @IntRange(max = 20) int replica) {
        int sum = IntStream.range(0, gateways)
                .map(position -> new GatewayPart(position, gateways).of(places, replica))
                .sum();
        assertThat(sum).isEqualTo(Math.max(places, gateways));
    }

    private void know(ModelRoute route) {
        router.know(List.of(route));
    }

    private Optional<Waiting> seek(ScriptedSeeker seeker) {
        return router.seek(TestRoutes.bounded(1, 1), seeker);
    }

    private ScriptedSeeker placed(String tenantId) {
        ScriptedSeeker seeker = ScriptedSeeker.of(tenantId);
        assertThat(seek(seeker)).isEmpty();
        assertThat(seeker.isPlaced()).isTrue();
        return seeker;
    }

    private void passSeconds(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private static Optional<ErrorReason> reason(ScriptedSeeker seeker) {
        return seeker.refusal().map(PlatformException::reason);
    }

    private static final class Noted implements QueueListener {
        private final List<String> ends = new ArrayList<>();

        @Override
        public void waits(String model, Priority priority) {
            // What becomes of it is noted.
        }

        @Override
        public void over(String model, Priority priority, End end, long waitedNanos) {
            ends.add(end + " after " + Duration.ofNanos(waitedNanos).toSeconds() + " s");
        }
    }
}
