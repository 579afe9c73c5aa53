package ai.exaone.agents.agent;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.proto.agents.v1.AgentServiceGrpc;
import ai.exaone.proto.agents.v1.CreateAgentRequest;
import ai.exaone.proto.agents.v1.CreateAgentResponse;
import ai.exaone.proto.agents.v1.DeleteAgentRequest;
import ai.exaone.proto.agents.v1.DeleteAgentResponse;
import ai.exaone.proto.agents.v1.GetAgentRequest;
import ai.exaone.proto.agents.v1.GetAgentResponse;
import ai.exaone.proto.agents.v1.GetDraftRequest;
import ai.exaone.proto.agents.v1.GetDraftResponse;
import ai.exaone.proto.agents.v1.ListAgentsRequest;
import ai.exaone.proto.agents.v1.ListAgentsResponse;
import ai.exaone.proto.agents.v1.SetDraftRequest;
import ai.exaone.proto.agents.v1.SetDraftResponse;
import ai.exaone.proto.agents.v1.UpdateAgentRequest;
import ai.exaone.proto.agents.v1.UpdateAgentResponse;
import ai.exaone.rpc.CallContext;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import io.grpc.stub.StreamObserver;

/** Agents on the wire. */
public final class AgentEndpoint extends AgentServiceGrpc.AgentServiceImplBase {
    private final Agents agents;

    public AgentEndpoint(Agents agents) {
        this.agents = agents;
    }

    @Override
    public void createAgent(CreateAgentRequest request, StreamObserver<CreateAgentResponse> responses) {
        Agent created = agents.create(
                scope(request.getTenantId(), request.getProjectId()),
                new Agents.NewAgent(
                        request.getAgent().getName(), request.getAgent().getDescription(), caller()),
                CreationRequest.of(request.getTenantId(), request));
        responses.onNext(CreateAgentResponse.newBuilder()
                .setAgent(AgentMessages.agent(created))
                .build());
        responses.onCompleted();
    }

    @Override
    public void getAgent(GetAgentRequest request, StreamObserver<GetAgentResponse> responses) {
        Agent found =
                agents.require(scope(request.getTenantId(), request.getProjectId()), new AgentId(request.getAgentId()));
        responses.onNext(GetAgentResponse.newBuilder()
                .setAgent(AgentMessages.agent(found))
                .build());
        responses.onCompleted();
    }

    @Override
    public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> responses) {
        Page<Agent> page = agents.list(
                scope(request.getTenantId(), request.getProjectId()),
                request.getName(),
                PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListAgentsResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().forEach(agent -> response.addAgents(AgentMessages.agent(agent)));
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void updateAgent(UpdateAgentRequest request, StreamObserver<UpdateAgentResponse> responses) {
        ProjectScope scope = scope(request.getTenantId(), request.getProjectId());
        var id = new AgentId(request.getAgentId());
        Agent updated = changesDescription(request)
                ? agents.describe(scope, id, request.getAgent().getDescription())
                : agents.require(scope, id);
        responses.onNext(UpdateAgentResponse.newBuilder()
                .setAgent(AgentMessages.agent(updated))
                .build());
        responses.onCompleted();
    }

    @Override
    public void deleteAgent(DeleteAgentRequest request, StreamObserver<DeleteAgentResponse> responses) {
        agents.delete(scope(request.getTenantId(), request.getProjectId()), new AgentId(request.getAgentId()));
        responses.onNext(DeleteAgentResponse.getDefaultInstance());
        responses.onCompleted();
    }

    @Override
    public void setDraft(SetDraftRequest request, StreamObserver<SetDraftResponse> responses) {
        Draft draft = agents.putDraft(
                scope(request.getTenantId(), request.getProjectId()),
                new AgentId(request.getAgentId()),
                request.getSpecification(),
                caller());
        responses.onNext(SetDraftResponse.newBuilder()
                .setDraft(AgentMessages.draft(draft))
                .build());
        responses.onCompleted();
    }

    @Override
    public void getDraft(GetDraftRequest request, StreamObserver<GetDraftResponse> responses) {
        Draft draft = agents.requireDraft(
                scope(request.getTenantId(), request.getProjectId()), new AgentId(request.getAgentId()));
        responses.onNext(GetDraftResponse.newBuilder()
                .setDraft(AgentMessages.draft(draft))
                .build());
        responses.onCompleted();
    }

    /** The description is all that can change. Without a mask the whole message counts. */
    private static boolean changesDescription(UpdateAgentRequest request) {
        for (String path : request.getUpdateMask().getPathsList()) {
            if (!path.equals("description")) {
                throw PlatformException.because(PlatformError.INVALID_REQUEST, "Only the description can be changed.")
                        .violation("update_mask", "cannot change " + path)
                        .build();
            }
        }
        return !request.hasUpdateMask() || request.getUpdateMask().getPathsCount() > 0;
    }

    private static ProjectScope scope(String tenantId, String projectId) {
        return new ProjectScope(tenantId, projectId);
    }

    private static String caller() {
        return CallContext.current().requirePrincipal().subject();
    }
}
