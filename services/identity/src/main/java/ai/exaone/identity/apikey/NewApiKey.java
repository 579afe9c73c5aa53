package ai.exaone.identity.apikey;

import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller wants of a key to be made.
 *
 * @param scopes INFERENCE when empty
 */
record NewApiKey(
        TenantId tenantId,
        ProjectId projectId,
        String displayName,
        Set<KeyScope> scopes,
        List<String> models,
        Optional<Instant> expiresAt) {
    NewApiKey {
        scopes = scopes.isEmpty() ? Set.of(KeyScope.INFERENCE) : Set.copyOf(scopes);
        models = List.copyOf(models);
    }
}
