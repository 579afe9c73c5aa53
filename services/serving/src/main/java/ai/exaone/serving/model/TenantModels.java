package ai.exaone.serving.model;

import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import java.util.List;
import java.util.Map;

/** The models as tenants see them: those that are deployed and visible to the tenant. Thread-safe. */
public final class TenantModels {
    /**
     * A model that a tenant sees.
     *
     * @param ready whether a replica of it can answer now
     */
    public record Seen(Model model, boolean ready) {}

    private final ModelStore store;
    private final Readiness readiness;

    public TenantModels(ModelStore store, Readiness readiness) {
        this.store = store;
        this.readiness = readiness;
    }

    /** What a tenant sees, by name. */
    public Page<Seen> list(String tenantId, PageRequest page) {
        Map<String, Boolean> deployed = readiness.ofDeployed();
        List<Seen> seen = store.all().stream()
                .filter(model -> deployed.containsKey(model.name()) && model.visibleTo(tenantId))
                .map(model -> new Seen(model, deployed.getOrDefault(model.name(), false)))
                .toList();
        return Page.among(page, seen, each -> each.model().name());
    }
}
