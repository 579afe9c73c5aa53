package ai.exaone.gateway.auth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What identity says of an accepted key, in its log and in its answers alike: two of them are equal if and only if the key has the
 * same rights by both.
 *
 * @param scopes by the names that the contract has for them
 * @param models the models it may call; empty means all
 * @param expiresAt when it stops being accepted
 */
public record AcceptedKey(String keyId, Set<String> scopes, List<String> models, Optional<Instant> expiresAt) {
    private static final String CALLS_MODELS = "inference";

    public AcceptedKey {
        scopes = Set.copyOf(scopes);
        models = List.copyOf(models);
    }

    /** Whether its scopes let it call models. */
    public boolean callsModels() {
        return scopes.contains(CALLS_MODELS);
    }

    /** Whether a model is one of those it may call. */
    public boolean mayCall(String model) {
        return models.isEmpty() || models.contains(model);
    }
}
