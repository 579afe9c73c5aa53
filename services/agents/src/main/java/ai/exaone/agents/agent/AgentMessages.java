package ai.exaone.agents.agent;

import ai.exaone.proto.agents.v1.AgentDeployment;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Agents, drafts, releases and deployments as the wire has them. */
public final class AgentMessages {
    private AgentMessages() {}

    public static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /**
     * What makes a repeated creation recognisable; empty where the caller gave no request id.
     *
     * @param content the request without its request id
     */
    public static Optional<CreationRequest> creation(String requestId, Message content) {
        if (requestId.isEmpty()) {
            return Optional.empty();
        }
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            hash.update(content.getDescriptorForType().getFullName().getBytes(StandardCharsets.UTF_8));
            byte[] digest = hash.digest(content.toByteArray());
            return Optional.of(new CreationRequest(requestId, HexFormat.of().formatHex(digest)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    static ai.exaone.proto.agents.v1.Agent agent(Agent agent) {
        return ai.exaone.proto.agents.v1.Agent.newBuilder()
                .setAgentId(agent.id().value())
                .setTenantId(agent.scope().tenantId())
                .setProjectId(agent.scope().projectId())
                .setName(agent.name())
                .setDescription(agent.description())
                .setDeployedReleaseId(
                        agent.deployedRelease().map(ReleaseId::value).orElse(""))
                .setCreatedBy(agent.createdBy())
                .setCreateTime(timestamp(agent.createdAt()))
                .setUpdateTime(timestamp(agent.updatedAt()))
                .build();
    }

    static ai.exaone.proto.agents.v1.Draft draft(Draft draft) {
        return ai.exaone.proto.agents.v1.Draft.newBuilder()
                .setAgentId(draft.agentId().value())
                .setSpecification(draft.specification())
                .setDigest(draft.digest())
                .setUpdatedBy(draft.updatedBy())
                .setUpdateTime(timestamp(draft.updatedAt()))
                .build();
    }

    static ai.exaone.proto.agents.v1.Release release(Release release) {
        return ai.exaone.proto.agents.v1.Release.newBuilder()
                .setReleaseId(release.id().value())
                .setAgentId(release.agentId().value())
                .setNumber(release.number())
                .setSpecification(release.specification())
                .setDigest(release.digest())
                .setNote(release.note())
                .setCreatedBy(release.createdBy())
                .setCreateTime(timestamp(release.createdAt()))
                .build();
    }

    static AgentDeployment deployment(Deployment deployment) {
        return AgentDeployment.newBuilder()
                .setNumber(deployment.number())
                .setReleaseId(deployment.release().value())
                .setDeployedBy(deployment.deployedBy())
                .setDeployTime(timestamp(deployment.deployedAt()))
                .build();
    }
}
