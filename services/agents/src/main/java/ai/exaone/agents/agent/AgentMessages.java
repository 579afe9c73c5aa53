package ai.exaone.agents.agent;

import ai.exaone.proto.agents.v1.AgentDeployment;
import ai.exaone.rpc.TimeWire;

/** Agents, drafts, releases and deployments as the wire has them. */
final class AgentMessages {
    private AgentMessages() {}

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
                .setCreateTime(TimeWire.of(agent.createdAt()))
                .setUpdateTime(TimeWire.of(agent.updatedAt()))
                .build();
    }

    static ai.exaone.proto.agents.v1.Draft draft(Draft draft) {
        return ai.exaone.proto.agents.v1.Draft.newBuilder()
                .setAgentId(draft.agentId().value())
                .setSpecification(draft.specification())
                .setDigest(draft.digest())
                .setUpdatedBy(draft.updatedBy())
                .setUpdateTime(TimeWire.of(draft.updatedAt()))
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
                .setCreateTime(TimeWire.of(release.createdAt()))
                .build();
    }

    static AgentDeployment deployment(Deployment deployment) {
        return AgentDeployment.newBuilder()
                .setNumber(deployment.number())
                .setReleaseId(deployment.release().value())
                .setDeployedBy(deployment.deployedBy())
                .setDeployTime(TimeWire.of(deployment.deployedAt()))
                .build();
    }
}
