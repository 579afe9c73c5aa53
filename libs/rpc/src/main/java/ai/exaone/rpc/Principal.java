package ai.exaone.rpc;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who a call is made for, as identity vouched for in an internal token.
 *
 * @param subject {@code usr_…}, {@code key_…} or {@code run_…}
 * @param name what people know the subject by
 * @param tenantId the tenant the permissions hold in; empty for a caller who acts in none
 * @param projectId the one project a key or run is bound to; empty for a person
 * @param keyId the key that was presented, or that owns the run
 * @param agentId the agent of a run
 * @param releaseId the release of a run
 * @param runId the run
 * @param permissions what the caller may do: in {@code tenantId}, or on the installation for those beginning with {@code platform.}
 * @param models the models it may call; empty means all that the tenant sees
 * @param depth how many agents are between the outer caller and this one, 0 to 5
 */
public record Principal(
        String subject,
        String name,
        Kind kind,
        Optional<String> tenantId,
        Optional<String> projectId,
        Optional<String> keyId,
        Optional<String> agentId,
        Optional<String> releaseId,
        Optional<String> runId,
        Set<String> permissions,
        List<String> models,
        int depth) {

    /** What kind of caller it is. */
    public enum Kind {
        USER,
        KEY,
        RUN
    }

    public Principal {
        if (subject.isBlank()) {
            throw new IllegalArgumentException("A principal has a subject");
        }
        permissions = Set.copyOf(permissions);
        models = List.copyOf(models);
    }

    /** A person, without anything bound to a project. */
    public static Principal user(String subject, String name, Optional<String> tenantId, Set<String> permissions) {
        return new Principal(
                subject,
                name,
                Kind.USER,
                tenantId,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                permissions,
                List.of(),
                0);
    }

    /** A key of a project. */
    public static Principal key(
            String keyId,
            String name,
            String tenantId,
            String projectId,
            Set<String> permissions,
            List<String> models) {
        return new Principal(
                keyId,
                name,
                Kind.KEY,
                Optional.of(tenantId),
                Optional.of(projectId),
                Optional.of(keyId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                permissions,
                models,
                0);
    }

    /** Whether the caller has a permission, for example {@code apikey.write}. */
    public boolean may(String permission) {
        return permissions.contains(permission);
    }

    /** Whether the caller may name a model, as far as its own list goes. */
    public boolean mayCall(String model) {
        return models.isEmpty() || models.contains(model);
    }
}
