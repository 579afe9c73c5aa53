package ai.exaone.serving.route;

import ai.exaone.serving.deployment.DeploymentId;
import ai.exaone.serving.deployment.EngineKey;
import ai.exaone.serving.deployment.ReplicaId;
import java.net.URI;
import java.util.Optional;

/**
 * An engine that can answer.
 *
 * @param engineModel the model's name at the engine; empty for the public one
 */
public record ReadyReplica(
        ReplicaId id, DeploymentId deployment, URI url, Optional<EngineKey> key, String engineModel) {}
