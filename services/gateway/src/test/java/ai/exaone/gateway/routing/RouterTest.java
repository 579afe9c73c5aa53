package ai.exaone.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.openai.Endpoint;
import java.net.URI;
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
    private final Router router = new Router(new Random(1), now::get);

    @Property
    void sharesLoad(@ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int replicas) {
        Router fresh = new Router(new Random(seed), now::get);
        Map<String, Integer> taken = new HashMap<>();
        List<ReplicaLease> leases = new ArrayList<>();
        for (int i = 0; i < 100 * replicas; i++) {
            ReplicaLease lease = fresh.take(route(replicas), Set.of()).orElseThrow();
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
        ReplicaLease failing = router.take(route(2), Set.of("rpl_1")).orElseThrow();
        failing.failed();
        failing.close();
        for (int i = 0; i < 20; i++) {
            assertThat(take(2)).isEqualTo("rpl_1");
        }
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(IntStream.range(0, 50).mapToObj(i -> take(2)).distinct()).contains("rpl_0");
    }

    @Example
    void triesOneAllTheSameWhereAllFailed() {
        router.take(route(1), Set.of()).orElseThrow().failed();

        assertThat(take(1)).isEqualTo("rpl_0");
    }

    @Example
    void givesNothingWhereAllWereTriedOrNoneIs() {
        assertThat(router.take(route(2), Set.of("rpl_0", "rpl_1"))).isEmpty();
        assertThat(router.take(route(0), Set.of())).isEmpty();
    }

    private String take(int replicas) {
        try (ReplicaLease lease = router.take(route(replicas), Set.of()).orElseThrow()) {
            return lease.replica().id();
        }
    }

    private static ModelRoute route(int replicas) {
        return new ModelRoute(
                "chat",
                Set.of(Endpoint.CHAT_COMPLETIONS),
                Set.of(),
                0,
                0,
                new EngineProfile(
                        true,
                        Thinking.UNKNOWN,
                        List.of(),
                        true,
                        EngineProfile.REASONING_FIELD,
                        true,
                        TokenCounter.NONE),
                IntStream.range(0, replicas)
                        .mapToObj(i -> new Replica("rpl_" + i, URI.create("http://127.0.0.1:1"), "", "chat"))
                        .toList(),
                0);
    }
}
