package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.proto.agents.v1.Agent;
import ai.exaone.proto.agents.v1.AgentServiceGrpc;
import ai.exaone.proto.agents.v1.ListAgentsRequest;
import ai.exaone.proto.agents.v1.ListAgentsResponse;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.RpcErrors;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the agents which of them a caller may call as models. */
public final class AgentDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(AgentDirectory.class);
    private static final String READ = "agent.read";
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 10;
    private static final long DEADLINE_SECONDS = 2;

    private final Channel agents;

    public AgentDirectory(Channel agents) {
        this.agents = agents;
    }

    /**
     * An agent with a release that answers.
     *
     * @param model {@code agent/NAME}
     */
    record CallableAgent(String model, String projectId, long createdSeconds) {}

    /** Those of the caller's project, by name; none where the caller may not see agents, or they cannot be asked now. */
    List<CallableAgent> of(Caller caller) {
        if (!caller.principal().may(READ)) {
            return List.of();
        }
        try {
            return list(caller).stream()
                    .filter(agent -> !agent.getDeployedReleaseId().isEmpty())
                    .map(agent -> new CallableAgent(
                            Models.AGENT_PREFIX + agent.getName(),
                            agent.getProjectId(),
                            agent.getCreateTime().getSeconds()))
                    .filter(agent -> caller.principal().mayCall(agent.model()))
                    .toList();
        } catch (PlatformException unreachable) {
            LOG.warn("Agents are left out of a list of models: they cannot be asked", unreachable);
            return List.of();
        }
    }

    private List<Agent> list(Caller caller) {
        List<Agent> found = new ArrayList<>();
        ListAgentsRequest.Builder request = ListAgentsRequest.newBuilder()
                .setTenantId(caller.tenantId())
                .setProjectId(caller.projectId())
                .setPageSize(PAGE);
        Channel asCaller = RpcChannels.asCaller(agents, caller.token().token());
        for (int page = 0; page < MOST_PAGES; page++) {
            ListAgentsResponse response = RpcErrors.call(() -> AgentServiceGrpc.newBlockingStub(asCaller)
                    .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .listAgents(request.build()));
            found.addAll(response.getAgentsList());
            if (response.getNextPageToken().isEmpty()) {
                break;
            }
            request.setPageToken(response.getNextPageToken());
        }
        return found;
    }
}
