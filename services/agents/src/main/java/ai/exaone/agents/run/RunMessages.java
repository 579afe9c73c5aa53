package ai.exaone.agents.run;

import ai.exaone.agents.agent.ReleaseId;
import ai.exaone.proto.agents.v1.RunState;
import ai.exaone.rpc.TimeWire;
import java.util.Optional;

/** Runs as the wire has them. */
final class RunMessages {
    private RunMessages() {}

    static ai.exaone.proto.agents.v1.Run run(Run run) {
        var message = ai.exaone.proto.agents.v1.Run.newBuilder()
                .setRunId(run.id().value())
                .setTenantId(run.scope().tenantId())
                .setProjectId(run.scope().projectId())
                .setAgentId(run.agentId().value())
                .setAgentName(run.agentName())
                .setReleaseId(run.release().map(ReleaseId::value).orElse(""))
                .setSpecificationDigest(run.specificationDigest())
                .setOwner(run.owner().subject())
                .setState(state(run.phase()))
                .setLastSequence(run.lastSequence())
                .setInputTokens(run.inputTokens())
                .setOutputTokens(run.outputTokens())
                .setSteps(run.steps())
                .setCreateTime(TimeWire.of(run.createdAt()));
        run.endedAt().ifPresent(end -> message.setEndTime(TimeWire.of(end)));
        if (run.ending().isPresent()) {
            switch (run.ending().get()) {
                case RunEvent.Completed(String output) -> message.setOutput(output);
                case RunEvent.Failed(String reason, String detail) ->
                    message.setFailureReason(reason).setFailureDetail(detail);
                case RunEvent.Cancelled(String by) ->
                    message.setFailureReason(RunError.RUN_CANCELLED.name())
                            .setFailureDetail("Cancelled by " + by + ".");
            }
        }
        return message.build();
    }

    static RunState state(Run.Phase phase) {
        return switch (phase) {
            case QUEUED -> RunState.RUN_STATE_QUEUED;
            case RUNNING -> RunState.RUN_STATE_RUNNING;
            case COMPLETED -> RunState.RUN_STATE_COMPLETED;
            case FAILED -> RunState.RUN_STATE_FAILED;
            case CANCELLED -> RunState.RUN_STATE_CANCELLED;
        };
    }

    static Optional<Run.Phase> phase(RunState state) {
        return switch (state) {
            case RUN_STATE_QUEUED -> Optional.of(Run.Phase.QUEUED);
            case RUN_STATE_RUNNING -> Optional.of(Run.Phase.RUNNING);
            case RUN_STATE_COMPLETED -> Optional.of(Run.Phase.COMPLETED);
            case RUN_STATE_FAILED -> Optional.of(Run.Phase.FAILED);
            case RUN_STATE_CANCELLED -> Optional.of(Run.Phase.CANCELLED);
            case RUN_STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }
}
