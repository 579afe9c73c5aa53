package ai.exaone.identity.id;

/** Names a tenant: {@code tnt_…}. */
public record TenantId(String value) {
    public static final String PREFIX = "tnt";

    public TenantId {
        ResourceId.require(PREFIX, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
