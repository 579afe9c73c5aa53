package ai.exaone.gateway.routing;

import ai.exaone.gateway.openai.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model and the engines that answer for it.
 *
 * @param name the name callers use
 * @param endpoints what it can do
 * @param tenantIds the tenants that see it; empty means all
 * @param contextTokens most tokens of input and output together; 0 when unknown
 * @param defaultOutputTokens most tokens of output where the caller names none; 0 when unknown
 * @param replicas those that can answer now; may be none
 * @param createdSeconds when it was added, in seconds since the epoch
 * @param shares the weights of tenants while the model is busy; 1 of those that are not in it
 */
public record ModelRoute(
        String name,
        Set<Endpoint> endpoints,
        Set<String> tenantIds,
        int contextTokens,
        int defaultOutputTokens,
        EngineProfile profile,
        List<Replica> replicas,
        long createdSeconds,
        Map<String, Integer> shares) {
    public ModelRoute {
        endpoints = Set.copyOf(endpoints);
        tenantIds = Set.copyOf(tenantIds);
        replicas = List.copyOf(replicas);
        shares = Map.copyOf(shares);
    }

    /** Whether a tenant sees it. */
    public boolean visibleTo(String tenantId) {
        return tenantIds.isEmpty() || tenantIds.contains(tenantId);
    }
}
