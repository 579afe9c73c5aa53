package ai.exaone.gateway.auth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key as identity's log has it.
 *
 * @param callsModels whether its scopes let it call models
 * @param models the models it may call; empty means all
 * @param expiresAt when it stops being accepted
 */
public record AcceptedKey(String keyId, boolean callsModels, List<String> models, Optional<Instant> expiresAt) {
    public AcceptedKey {
        models = List.copyOf(models);
    }

    /** Whether a model is one of those it may call. */
    public boolean mayCall(String model) {
        return models.isEmpty() || models.contains(model);
    }
}
