package ai.exaone.cli.agent;

import ai.exaone.cli.CliException;
import ai.exaone.cli.Surroundings;
import ai.exaone.cli.http.ApiClient;
import ai.exaone.cli.http.EventStream;
import ai.exaone.proto.agents.v1.Agent;
import ai.exaone.proto.agents.v1.AgentDeployment;
import ai.exaone.proto.agents.v1.CreateAgentResponse;
import ai.exaone.proto.agents.v1.CreateReleaseRequest;
import ai.exaone.proto.agents.v1.CreateReleaseResponse;
import ai.exaone.proto.agents.v1.CreateRunRequest;
import ai.exaone.proto.agents.v1.CreateRunResponse;
import ai.exaone.proto.agents.v1.DeployReleaseRequest;
import ai.exaone.proto.agents.v1.DeployReleaseResponse;
import ai.exaone.proto.agents.v1.InputMessage;
import ai.exaone.proto.agents.v1.ListAgentsResponse;
import ai.exaone.proto.agents.v1.ListReleasesResponse;
import ai.exaone.proto.agents.v1.ListRunsResponse;
import ai.exaone.proto.agents.v1.Release;
import ai.exaone.proto.agents.v1.RollbackDeploymentResponse;
import ai.exaone.proto.agents.v1.Run;
import ai.exaone.proto.agents.v1.SetDraftRequest;
import ai.exaone.proto.agents.v1.SetDraftResponse;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The agents of one project, over the management API. */
final class AgentApi {
    private final Surroundings surroundings;

    AgentApi(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Optional<Agent> find(String name) {
        return surroundings
                .call(
                        "GET",
                        project() + "/agents",
                        Map.of("name", List.of(name)),
                        Optional.empty(),
                        ListAgentsResponse.newBuilder())
                .getAgentsList()
                .stream()
                .findFirst();
    }

    Agent require(String name) {
        return find(name)
                .orElseThrow(() ->
                        new CliException("There is no agent '" + name + "' in this project. Run: exaone agent deploy"));
    }

    Agent findOrCreate(String name) {
        return find(name)
                .orElseGet(() -> surroundings
                        .call(
                                "POST",
                                project() + "/agents",
                                Map.of("requestId", List.of(UUID.randomUUID().toString())),
                                json(Agent.newBuilder().setName(name)),
                                CreateAgentResponse.newBuilder())
                        .getAgent());
    }

    void setDraft(Agent agent, String specification) {
        SetDraftRequest.Builder request = SetDraftRequest.newBuilder().setSpecification(specification);
        surroundings.call("PUT", path(agent) + "/draft", Map.of(), json(request), SetDraftResponse.newBuilder());
    }

    CreateReleaseResponse createRelease(Agent agent, String specification, String note) {
        CreateReleaseRequest.Builder request = CreateReleaseRequest.newBuilder()
                .setSpecification(specification)
                .setNote(note);
        return surroundings
                .call("POST", path(agent) + "/releases", Map.of(), json(request), CreateReleaseResponse.newBuilder())
                .build();
    }

    AgentDeployment deploy(Agent agent, String releaseId) {
        DeployReleaseRequest.Builder request = DeployReleaseRequest.newBuilder().setReleaseId(releaseId);
        return surroundings
                .call("POST", path(agent) + ":deploy", Map.of(), json(request), DeployReleaseResponse.newBuilder())
                .getDeployment();
    }

    AgentDeployment rollback(Agent agent) {
        return surroundings
                .call(
                        "POST",
                        path(agent) + ":rollback",
                        Map.of(),
                        Optional.of("{}"),
                        RollbackDeploymentResponse.newBuilder())
                .getDeployment();
    }

    List<Release> releases(Agent agent) {
        return surroundings
                .call(
                        "GET",
                        path(agent) + "/releases",
                        Map.of("pageSize", List.of("200")),
                        Optional.empty(),
                        ListReleasesResponse.newBuilder())
                .getReleasesList();
    }

    Run startDraft(Agent agent, String input) {
        CreateRunRequest.Builder request = CreateRunRequest.newBuilder()
                .addInput(InputMessage.newBuilder().setRole("user").setContent(input))
                .setDraft(true)
                .setRequestId(UUID.randomUUID().toString());
        return surroundings
                .call("POST", path(agent) + "/runs", Map.of(), json(request), CreateRunResponse.newBuilder())
                .getRun();
    }

    List<Run> runs(Optional<Agent> agent, int most) {
        Map<String, List<String>> query = Map.of(
                "pageSize", List.of(Integer.toString(most)),
                "agentId", agent.map(found -> List.of(found.getAgentId())).orElse(List.of()));
        return surroundings
                .call("GET", project() + "/runs", query, Optional.empty(), ListRunsResponse.newBuilder())
                .getRunsList();
    }

    EventStream events(String runId, Optional<String> after) {
        return surroundings
                .client()
                .events(project() + "/runs/" + ApiClient.segment(runId) + "/events", Map.of(), after);
    }

    private String path(Agent agent) {
        return project() + "/agents/" + agent.getAgentId();
    }

    private String project() {
        return "/api/v1/tenants/" + ApiClient.segment(surroundings.tenantId()) + "/projects/"
                + ApiClient.segment(surroundings.projectId());
    }

    private static Optional<String> json(Message.Builder body) {
        try {
            return Optional.of(
                    JsonFormat.printer().omittingInsignificantWhitespace().print(body));
        } catch (InvalidProtocolBufferException unprintable) {
            throw new IllegalStateException(unprintable);
        }
    }
}
