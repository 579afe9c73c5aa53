package ai.exaone.serving.deployment;

import java.time.Instant;

/**
 * What is asked for: a model, served so.
 *
 * @param model the model's name in the catalogue
 * @param engineProfile the profile's name
 * @param replicas engines that are to run, 1 or more
 */
public record Deployment(
        DeploymentId id,
        String model,
        String engineProfile,
        Launch launch,
        int replicas,
        DesiredState desired,
        Instant createTime) {
    public Deployment {
        if (replicas < 1) {
            throw new IllegalArgumentException("A deployment has at least one replica, stopped or not");
        }
    }

    /** How many engines are to run now. */
    public int wanted() {
        return desired == DesiredState.RUNNING ? replicas : 0;
    }

    public Deployment withDesired(DesiredState state) {
        return new Deployment(id, model, engineProfile, launch, replicas, state, createTime);
    }

    public Deployment withReplicas(int count) {
        return new Deployment(id, model, engineProfile, launch, count, desired, createTime);
    }
}
