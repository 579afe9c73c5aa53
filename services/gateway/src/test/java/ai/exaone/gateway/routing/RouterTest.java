package ai.exaone.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.queue.Priority;
import ai.exaone.gateway.queue.QueueConfig;
import ai.exaone.gateway.queue.QueueListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RouterTest {
    private final AtomicLong now = new AtomicLong();
    private final Router router = router(1);

    @Property
    void sharesLoad(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 5) int replicas,
            @ForAll @IntRange(max = 1) int counted) {
        Router fresh = router(seed);
        ModelRoute route = TestRoutes.bounded(replicas, counted * 1_000);
        Map<String, Integer> taken = new HashMap<>();
        List<ReplicaLease> leases = new ArrayList<>();
        for (int i = 0; i < 100 * replicas; i++) {
            ReplicaLease lease = take(fresh, route, Set.of());
            taken.merge(lease.replica().id(), 1, Integer::sum);
            leases.add(lease);
        }
        // Least-loaded of two stays close to even where plain chance does not.
        assertThat(taken.values())
                .hasSize(replicas)
                .allSatisfy(count -> assertThat(count).isBetween(90, 110));
        leases.forEach(ReplicaLease::close);
    }

    @Example
    void leavesAReplicaAloneThatFailedAndComesBackToIt() {
        ModelRoute route = TestRoutes.unbounded(2);
        ReplicaLease failing = take(router, route, Set.of("rpl_1"));
        failing.failed();
        failing.close();
        for (int i = 0; i < 20; i++) {
            assertThat(take(route)).isEqualTo("rpl_1");
        }
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(IntStream.range(0, 50).mapToObj(i -> take(route)).distinct()).contains("rpl_0");
    }

    @Example
    void triesOneAllTheSameWhereAllFailed() {
        ModelRoute route = TestRoutes.unbounded(1);
        take(router, route, Set.of()).failed();

        assertThat(take(route)).isEqualTo("rpl_0");
    }

    @Example
    void givesNothingWhereAllWereTriedOrNoneIs() {
        for (int places = 0; places < 2; places++) {
            Router fresh = router(1);
            ScriptedSeeker all = new ScriptedSeeker("t0", Priority.INTERACTIVE, Set.of("rpl_0", "rpl_1"));
            assertThat(fresh.seek(TestRoutes.bounded(2, places), all)).isEmpty();
            assertThat(all.isWithoutReplica()).isTrue();
        }
        ScriptedSeeker none = ScriptedSeeker.of("t0");
        assertThat(router.seek(TestRoutes.unbounded(0), none)).isEmpty();
        assertThat(none.isWithoutReplica()).isTrue();
        assertThat(router.any(TestRoutes.unbounded(0))).isEmpty();
    }

    private Router router(long seed) {
        return new Router(new Random(seed), now::get, QueueConfig.DEFAULTS, QueueListener.NONE);
    }

    private String take(ModelRoute route) {
        try (ReplicaLease lease = take(router, route, Set.of())) {
            return lease.replica().id();
        }
    }

    private static ReplicaLease take(Router router, ModelRoute route, Set<String> tried) {
        ScriptedSeeker seeker = new ScriptedSeeker("t0", Priority.INTERACTIVE, tried);
        assertThat(router.seek(route, seeker)).isEmpty();
        return seeker.lease();
    }
}
