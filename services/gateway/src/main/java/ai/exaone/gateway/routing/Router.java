package ai.exaone.gateway.routing;

import ai.exaone.gateway.queue.QueueConfig;
import ai.exaone.gateway.queue.QueueListener;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Picks replicas: the less loaded of two taken at random, among those that were reachable lately and have a place. The load is what this
 * gateway has in flight there. Where all places are taken, calls wait and take turns. Thread-safe.
 */
public final class Router {
    private final RoutingParts parts;
    private final Map<String, ModelPlaces> models = new ConcurrentHashMap<>();
    private volatile GatewayPart part = GatewayPart.WHOLE;

    /**
     * @param random thread-safe
     * @param nanos a monotonic clock
     */
    public Router(RandomGenerator random, LongSupplier nanos, QueueConfig config, QueueListener listener) {
        this.parts = new RoutingParts(random, nanos, config, listener);
    }

    /**
     * Takes a replica for something that takes no place there, such as counting tokens; the lease is to be closed when it is over.
     *
     * @return empty where there is none
     */
    public Optional<ReplicaLease> any(ModelRoute route) {
        return places(route).any(Set.of());
    }

    /**
     * Takes a place for one attempt.
     *
     * @param seeker told at once what came of it, or later where something is returned
     */
    public Optional<Waiting> seek(ModelRoute route, PlaceSeeker seeker) {
        return places(route).seek(seeker);
    }

    /** Ends the waiting of those who have waited for too long. To be called a few times a second. */
    public void tick() {
        models.values().forEach(ModelPlaces::tick);
    }

    /** These are all routes there are. One thread tells. */
    void know(Collection<ModelRoute> routes) {
        Set<String> named = new HashSet<>();
        for (ModelRoute route : routes) {
            named.add(route.name());
            models.computeIfAbsent(route.name(), name -> new ModelPlaces(name, parts))
                    .update(route, part);
        }
        models.forEach((name, places) -> {
            if (!named.contains(name) && models.remove(name, places)) {
                places.close();
            }
        });
    }

    /** This gateway is one of so many. The same thread tells; what it means is in force with the next {@link #know}. */
    boolean isOne(GatewayPart newPart) {
        boolean changed = !newPart.equals(part);
        part = newPart;
        return changed;
    }

    /** A call may come before its model is known here, or just after it has gone: then its own route holds. */
    private ModelPlaces places(ModelRoute route) {
        ModelPlaces known = models.get(route.name());
        if (known != null) {
            return known;
        }
        return models.computeIfAbsent(route.name(), name -> {
            ModelPlaces made = new ModelPlaces(name, parts);
            made.update(route, part);
            return made;
        });
    }
}
