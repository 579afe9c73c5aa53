package ai.exaone.gateway.routing;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Picks replicas: the less loaded of two taken at random, among those that were reachable lately. The load is what this gateway has
 * in flight there. Thread-safe.
 */
public final class Router {
    private static final Duration SHORTEST_EJECTION = Duration.ofMillis(500);
    private static final Duration LONGEST_EJECTION = Duration.ofSeconds(10);

    private final RandomGenerator random;
    private final LongSupplier nanos;
    private final Map<String, ReplicaLoad> loads = new ConcurrentHashMap<>();

    /**
     * @param random thread-safe
     * @param nanos a monotonic clock
     */
    public Router(RandomGenerator random, LongSupplier nanos) {
        this.random = random;
        this.nanos = nanos;
    }

    /**
     * Takes a replica for one attempt; the lease is to be closed when the attempt is over.
     *
     * @param tried ids of replicas that this request has tried already
     * @return empty when every replica was tried, or there is none
     */
    public Optional<ReplicaLease> take(ModelRoute route, Set<String> tried) {
        List<Replica> untried = route.replicas().stream()
                .filter(replica -> !tried.contains(replica.id()))
                .toList();
        if (untried.isEmpty()) {
            return Optional.empty();
        }
        long now = nanos.getAsLong();
        List<Replica> healthy = untried.stream()
                .filter(replica -> !load(replica).isEjected(now))
                .toList();
        // Where all are ejected one of them is tried all the same: the engine may be back before we know.
        Replica chosen = lessLoaded(healthy.isEmpty() ? untried : healthy);
        return Optional.of(new ReplicaLease(chosen, load(chosen), this));
    }

    /** Drops what is known of replicas that no route names any more. */
    void forget(Collection<ModelRoute> routes) {
        Set<String> named = new HashSet<>();
        routes.forEach(route -> route.replicas().forEach(replica -> named.add(replica.id())));
        loads.keySet().removeIf(id -> !named.contains(id));
    }

    void eject(ReplicaLoad load) {
        load.eject(nanos.getAsLong(), SHORTEST_EJECTION, LONGEST_EJECTION);
    }

    private Replica lessLoaded(List<Replica> candidates) {
        int first = random.nextInt(candidates.size());
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        int second = (first + 1 + random.nextInt(candidates.size() - 1)) % candidates.size();
        Replica one = candidates.get(first);
        Replica other = candidates.get(second);
        return load(one).inFlight() <= load(other).inFlight() ? one : other;
    }

    private ReplicaLoad load(Replica replica) {
        return loads.computeIfAbsent(replica.id(), id -> new ReplicaLoad());
    }
}
