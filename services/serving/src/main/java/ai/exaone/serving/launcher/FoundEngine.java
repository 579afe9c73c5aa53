package ai.exaone.serving.launcher;

import ai.exaone.serving.deployment.ReplicaId;
import ai.exaone.serving.deployment.ReplicaSlot;

/**
 * An engine that a former life of this service launched and that still runs.
 *
 * @param digest what it was launched from
 */
public record FoundEngine(ReplicaId replica, ReplicaSlot slot, String digest, Engine engine) {}
