package ai.exaone.identity.keycloak;

/**
 * A tenant as an organization in Keycloak.
 *
 * @param name the tenant's short name, which never changes
 * @param description the tenant's display name
 * @param enabled whether the tenant is in use
 */
public record Organization(String name, String description, boolean enabled) {}
