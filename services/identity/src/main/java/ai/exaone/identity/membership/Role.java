package ai.exaone.identity.membership;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a person may do in a tenant: the platform's one table from roles to permissions. The names are those in the access rules
 * of the protos, and {@link #CHAT}, which the gateway asks for. Each role may do what the one below it may.
 */
public enum Role {
    /** Everything within the tenant. */
    TENANT_ADMIN(union(
            Sets.DEVELOPER, Set.of("audit.read", "limit.write", "member.write", "project.write", "tenant.write"))),
    /** Projects' keys, agents, secrets and runs; no members, no limits. */
    DEVELOPER(Sets.DEVELOPER),
    /** Reads, and talks to models in the console. */
    VIEWER(Sets.VIEWER);

    /** Calls of models from the console's chat. */
    public static final String CHAT = "chat.use";

    /** Of {@code /metrics}; held by platform admins and keys of the scope METRICS. */
    public static final String METRICS = "platform.metrics.read";

    /** Of limits on whole tenants, which quota asks for besides what the RPC does. */
    public static final String TENANT_LIMITS = "platform.limit.write";

    /** What a platform admin may do besides everything in every tenant. */
    public static final Set<String> PLATFORM_ADMIN = Set.of(
            "platform.audit.read",
            "platform.deployment.read",
            "platform.deployment.write",
            "platform.ledger.read",
            "platform.ledger.write",
            TENANT_LIMITS,
            METRICS,
            "platform.model.read",
            "platform.model.write",
            "platform.price.write",
            "platform.tenant.read",
            "platform.tenant.write");

    private final Set<String> permissions;

    Role(Set<String> permissions) {
        this.permissions = permissions;
    }

    public Set<String> permissions() {
        return permissions;
    }

    public boolean may(String permission) {
        return permissions.contains(permission);
    }

    static Set<String> union(Set<String> some, Set<String> others) {
        var all = new TreeSet<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }

    /** Apart, since constants of an enum are made before its fields. */
    private static final class Sets {
        static final Set<String> VIEWER = Set.of(
                "agent.read",
                "apikey.read",
                "chat.use",
                "limit.read",
                "member.read",
                "model.read",
                "project.read",
                "run.read",
                "secret.read",
                "tenant.read",
                "usage.read");
        static final Set<String> DEVELOPER =
                union(VIEWER, Set.of("agent.run", "agent.write", "apikey.write", "secret.write"));
    }
}
