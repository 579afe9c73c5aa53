package ai.exaone.serving.replica;

import ai.exaone.proto.serving.v1.ObservedState;
import ai.exaone.proto.serving.v1.Replica;
import ai.exaone.rpc.TimeWire;
import ai.exaone.serving.deployment.Deployment;
import ai.exaone.serving.deployment.DeploymentMessages;
import ai.exaone.serving.launcher.Engine;
import java.util.Collection;

/** Replicas as they are said on the wire. */
final class ReplicaMessages {
    private ReplicaMessages() {}

    /** A deployment's entry in the log of deployments. */
    static byte[] entry(Deployment deployment, Collection<Member> members) {
        return DeploymentMessages.message(
                        deployment,
                        members.stream()
                                .filter(member ->
                                        member.replica().slot().deployment().equals(deployment.id()))
                                .map(ReplicaMessages::message)
                                .toList())
                .toByteArray();
    }

    private static Replica message(Member member) {
        ai.exaone.serving.replica.Replica replica = member.replica();
        return Replica.newBuilder()
                .setReplicaId(replica.id().value())
                .setState(state(replica.state()))
                .setUrl(member.engine().map(engine -> engine.url().toString()).orElse(""))
                .setPid(member.engine().map(Engine::pid).orElse(0L))
                .setStateTime(TimeWire.of(replica.since()))
                .setRestarts(replica.restarts())
                .setDetail(replica.detail())
                .build();
    }

    private static ObservedState state(ReplicaState state) {
        return switch (state) {
            case STARTING -> ObservedState.OBSERVED_STATE_STARTING;
            case READY -> ObservedState.OBSERVED_STATE_READY;
            case UNHEALTHY, FAILING -> ObservedState.OBSERVED_STATE_UNHEALTHY;
            case LEAVING, ENDING -> ObservedState.OBSERVED_STATE_STOPPING;
            case BACKING_OFF -> ObservedState.OBSERVED_STATE_BACKING_OFF;
        };
    }
}
