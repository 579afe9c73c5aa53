package ai.exaone.serving.model;

/**
 * A tenant's part of a busy model.
 *
 * @param weight beside the other tenants' weights, which are 1 where nothing is said
 */
public record TenantShare(String tenantId, int weight) {
    public TenantShare {
        if (weight < 1) {
            throw new IllegalArgumentException("A share weighs something");
        }
    }
}
