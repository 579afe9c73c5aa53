package ai.exaone.gateway.routing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The models there are, by name. One thread changes it, many read it. */
public final class RouteTable {
    private volatile Map<String, ModelRoute> routes = Map.of();

    /** Replaces everything known. */
    public void replace(Collection<ModelRoute> all) {
        Map<String, ModelRoute> next = new TreeMap<>();
        all.forEach(route -> next.put(route.name(), route));
        routes = next;
    }

    /** Adds or replaces one model. */
    public void put(ModelRoute route) {
        Map<String, ModelRoute> next = new TreeMap<>(routes);
        next.put(route.name(), route);
        routes = next;
    }

    /** Removes a model. */
    public void remove(String name) {
        Map<String, ModelRoute> next = new TreeMap<>(routes);
        next.remove(name);
        routes = next;
    }

    /** The model of a name, if the tenant sees it. */
    public Optional<ModelRoute> find(String tenantId, String name) {
        return Optional.ofNullable(routes.get(name)).filter(route -> route.visibleTo(tenantId));
    }

    /** The models that a tenant sees, by name. */
    public List<ModelRoute> visibleTo(String tenantId) {
        return routes.values().stream()
                .filter(route -> route.visibleTo(tenantId))
                .toList();
    }

    /** All models, by name. */
    public Collection<ModelRoute> all() {
        return routes.values();
    }
}
