package ai.exaone.identity.apikey;

import ai.exaone.identity.audit.Audited;
import ai.exaone.identity.id.KeyId;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A project's key, without its secret.
 *
 * @param scopes at least one
 * @param models the models and agents it may call, by name; empty means all that the tenant sees
 * @param expiresAt the first moment at which it is no longer accepted; empty for never
 * @param createdBy {@code usr_…} or {@code key_…}
 */
public record ApiKey(
        KeyId id,
        TenantId tenantId,
        ProjectId projectId,
        String displayName,
        Set<KeyScope> scopes,
        List<String> models,
        Optional<Instant> expiresAt,
        String createdBy,
        Instant createdAt,
        Optional<Instant> revokedAt)
        implements Audited {
    /** Whether a key is accepted, as far as the key itself goes. */
    public enum State {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    public ApiKey {
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("A key has a scope");
        }
        scopes = Set.copyOf(scopes);
        models = List.copyOf(models);
    }

    public State state(Instant now) {
        if (revokedAt.isPresent()) {
            return State.REVOKED;
        }
        return expiresAt.filter(end -> !now.isBefore(end)).isPresent() ? State.EXPIRED : State.ACTIVE;
    }

    /** Everything its scopes allow. */
    public Set<String> permissions() {
        var permissions = new TreeSet<String>();
        scopes.forEach(scope -> permissions.addAll(scope.permissions()));
        return permissions;
    }

    public ApiKey withDisplayName(String text) {
        return new ApiKey(id, tenantId, projectId, text, scopes, models, expiresAt, createdBy, createdAt, revokedAt);
    }

    public ApiKey withScopes(Set<KeyScope> some) {
        return new ApiKey(
                id, tenantId, projectId, displayName, some, models, expiresAt, createdBy, createdAt, revokedAt);
    }

    public ApiKey withModels(List<String> some) {
        return new ApiKey(
                id, tenantId, projectId, displayName, scopes, some, expiresAt, createdBy, createdAt, revokedAt);
    }

    public ApiKey withExpiresAt(Optional<Instant> end) {
        return new ApiKey(id, tenantId, projectId, displayName, scopes, models, end, createdBy, createdAt, revokedAt);
    }

    ApiKey withRevokedAt(Instant time) {
        return new ApiKey(
                id,
                tenantId,
                projectId,
                displayName,
                scopes,
                models,
                expiresAt,
                createdBy,
                createdAt,
                Optional.of(time));
    }

    @Override
    public String auditTarget() {
        return id.value();
    }

    @Override
    public Map<String, Object> auditValues() {
        var values = new LinkedHashMap<String, Object>();
        values.put("project", projectId.value());
        values.put("displayName", displayName);
        values.put("scopes", scopes.stream().sorted().map(KeyScope::wireName).toList());
        values.put("models", models);
        expiresAt.ifPresent(end -> values.put("expireTime", end.toString()));
        revokedAt.ifPresent(time -> values.put("revokeTime", time.toString()));
        return values;
    }
}
