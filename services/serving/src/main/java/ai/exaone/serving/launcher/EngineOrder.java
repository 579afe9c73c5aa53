package ai.exaone.serving.launcher;

import ai.exaone.serving.deployment.Deployment;
import ai.exaone.serving.deployment.Launch;
import ai.exaone.serving.deployment.ReplicaId;
import ai.exaone.serving.deployment.ReplicaSlot;
import ai.exaone.serving.engine.EngineProfile;

/**
 * What is asked of a launcher.
 *
 * @param <L> the way in which the engine comes to be
 * @param replica the new engine's id
 * @param digest kept with the engine, so that one that is found again is known to be what is wanted
 * @param modelContextTokens the model's; 0 where unknown
 */
public record EngineOrder<L extends Launch>(
        ReplicaId replica,
        ReplicaSlot slot,
        Deployment deployment,
        L launch,
        EngineProfile profile,
        int modelContextTokens,
        String digest) {}
