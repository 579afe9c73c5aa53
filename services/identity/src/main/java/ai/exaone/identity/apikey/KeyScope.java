package ai.exaone.identity.apikey;

import ai.exaone.identity.membership.Role;
import java.util.Locale;
import java.util.Set;

/** What a key may be used for: the platform's one table from scopes to permissions. */
public enum KeyScope {
    /** Call models and agents on {@code /v1}. */
    INFERENCE(Set.of(KeyScope.CALL)),
    /** Write, deploy, run and watch agents and set secrets of its project on {@code /api/v1}. */
    AGENTS(Set.of(
            "agent.read",
            "agent.run",
            "agent.write",
            "model.read",
            "project.read",
            "run.read",
            "secret.read",
            "secret.write",
            "tenant.read")),
    /** Read its tenant's usage, limits and prices on {@code /api/v1}. */
    USAGE(Set.of("limit.read", "usage.read")),
    /** Read {@code /metrics}. Only a platform admin may give it. */
    METRICS(Set.of(Role.METRICS));

    /** Calls on {@code /v1}, which the gateway asks for; keys and runs alone have it. */
    public static final String CALL = "inference.call";

    private final Set<String> permissions;

    KeyScope(Set<String> permissions) {
        this.permissions = permissions;
    }

    public Set<String> permissions() {
        return permissions;
    }

    /** The name on the wire between services: {@code inference}. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
