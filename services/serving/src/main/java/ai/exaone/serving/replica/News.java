package ai.exaone.serving.replica;

import ai.exaone.serving.deployment.ReplicaId;
import ai.exaone.serving.health.Health;

/** What the reconciler's thread is told by others. */
sealed interface News {
    /** An engine was asked how it is. */
    record Looked(ReplicaId replica, Health health) implements News {}

    /** An engine that left the routes has nothing more to answer. */
    record Finished(ReplicaId replica) implements News {}

    /** Something else happened: look around now. */
    record Nudge() implements News {}
}
