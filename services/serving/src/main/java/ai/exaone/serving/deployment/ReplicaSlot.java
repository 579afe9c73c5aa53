package ai.exaone.serving.deployment;

import java.util.Comparator;

/**
 * The place of an engine in its deployment; engines come and go in it.
 *
 * @param index 0 and up
 */
public record ReplicaSlot(DeploymentId deployment, int index) {
    /** By deployment, then by number. */
    public static final Comparator<ReplicaSlot> ORDER = Comparator.<ReplicaSlot, String>comparing(
                    slot -> slot.deployment.value())
            .thenComparingInt(ReplicaSlot::index);

    public ReplicaSlot {
        if (index < 0) {
            throw new IllegalArgumentException("Replicas are counted from 0: " + index);
        }
    }
}
