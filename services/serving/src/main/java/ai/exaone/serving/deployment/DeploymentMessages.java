package ai.exaone.serving.deployment;

import ai.exaone.proto.serving.v1.Deployment;
import ai.exaone.proto.serving.v1.ExternalLauncher;
import ai.exaone.proto.serving.v1.ObservedState;
import ai.exaone.proto.serving.v1.ProcessLauncher;
import ai.exaone.proto.serving.v1.Replica;
import ai.exaone.rpc.TimeWire;
import java.util.Comparator;
import java.util.List;

/** Deployments as they are said on the wire. */
public final class DeploymentMessages {
    /** What a deployment is said to do is what its most able replica does. */
    private static final List<ObservedState> ABLEST_FIRST = List.of(
            ObservedState.OBSERVED_STATE_READY,
            ObservedState.OBSERVED_STATE_STARTING,
            ObservedState.OBSERVED_STATE_UNHEALTHY,
            ObservedState.OBSERVED_STATE_BACKING_OFF,
            ObservedState.OBSERVED_STATE_STOPPING);

    private DeploymentMessages() {}

    /** What is asked for and what is, without a revision. */
    public static Deployment message(ai.exaone.serving.deployment.Deployment deployment, List<Replica> replicas) {
        Deployment.Builder message = Deployment.newBuilder()
                .setDeploymentId(deployment.id().value())
                .setModel(deployment.model())
                .setEngineProfile(deployment.engineProfile())
                .setReplicas(deployment.replicas())
                .setDesiredState(desired(deployment.desired()))
                .setObservedState(observed(deployment, replicas))
                .addAllReplicaStates(replicas)
                .setCreateTime(TimeWire.of(deployment.createTime()));
        switch (deployment.launch()) {
            case Launch.OnThisMachine local ->
                message.setProcess(ProcessLauncher.newBuilder()
                        .setModelPath(local.modelPath())
                        .setThreads(local.threads())
                        .setContextTokens(local.contextTokens()));
            // The key is never said again.
            case Launch.Elsewhere elsewhere ->
                message.setExternal(ExternalLauncher.newBuilder()
                        .addAllUrls(elsewhere.urls())
                        .setEngineModel(elsewhere.engineModel())
                        .setConcurrentRequests(elsewhere.concurrentRequests()));
        }
        return message.build();
    }

    private static ObservedState observed(ai.exaone.serving.deployment.Deployment deployment, List<Replica> replicas) {
        ObservedState withoutReplicas =
                deployment.wanted() > 0 ? ObservedState.OBSERVED_STATE_STARTING : ObservedState.OBSERVED_STATE_STOPPED;
        return replicas.stream()
                .map(Replica::getState)
                .min(Comparator.comparingInt(ABLEST_FIRST::indexOf))
                .orElse(withoutReplicas);
    }

    private static ai.exaone.proto.serving.v1.DesiredState desired(DesiredState desired) {
        return switch (desired) {
            case RUNNING -> ai.exaone.proto.serving.v1.DesiredState.DESIRED_STATE_RUNNING;
            case STOPPED -> ai.exaone.proto.serving.v1.DesiredState.DESIRED_STATE_STOPPED;
        };
    }
}
