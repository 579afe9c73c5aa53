package ai.exaone.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.agents.v1.Agent;
import ai.exaone.proto.agents.v1.AgentDeployment;
import ai.exaone.proto.agents.v1.AgentServiceGrpc;
import ai.exaone.proto.agents.v1.CreateAgentRequest;
import ai.exaone.proto.agents.v1.CreateReleaseRequest;
import ai.exaone.proto.agents.v1.CreateRunRequest;
import ai.exaone.proto.agents.v1.DeleteAgentRequest;
import ai.exaone.proto.agents.v1.GetAgentRequest;
import ai.exaone.proto.agents.v1.GetDraftRequest;
import ai.exaone.proto.agents.v1.GetReleaseRequest;
import ai.exaone.proto.agents.v1.GetRunRequest;
import ai.exaone.proto.agents.v1.InputMessage;
import ai.exaone.proto.agents.v1.ListAgentsRequest;
import ai.exaone.proto.agents.v1.ListDeploymentsRequest;
import ai.exaone.proto.agents.v1.ListReleasesRequest;
import ai.exaone.proto.agents.v1.ListRunsRequest;
import ai.exaone.proto.agents.v1.Release;
import ai.exaone.proto.agents.v1.ReleaseServiceGrpc;
import ai.exaone.proto.agents.v1.RollbackDeploymentRequest;
import ai.exaone.proto.agents.v1.Run;
import ai.exaone.proto.agents.v1.RunServiceGrpc;
import ai.exaone.proto.agents.v1.SetDraftRequest;
import ai.exaone.proto.agents.v1.UpdateAgentRequest;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcErrors;
import com.google.protobuf.FieldMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Agents, releases and runs over RPC, with all interceptors and a real database. */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentEndpointsTest {
    private static final String T = StubIdentity.TENANT;
    private static final String P = StubIdentity.PROJECT;

    @AutoClose
    private final AgentsPlatform platform = new AgentsPlatform();

    @Test
    void aCreationIsDoneOnce() {
        var request = create("once").toBuilder().setRequestId("r-1").build();
        Agent first = platform.agents().createAgent(request).getAgent();

        assertThat(platform.agents().createAgent(request).getAgent()).isEqualTo(first);
        assertThat(reason(() -> platform.agents()
                        .createAgent(
                                create("twice").toBuilder().setRequestId("r-1").build())))
                .isEqualTo("REQUEST_ID_REUSED");
        assertThat(reason(() -> platform.agents().createAgent(create("once")))).isEqualTo("AGENT_EXISTS");
        assertThat(first.getCreatedBy()).isEqualTo(StubIdentity.KEY);
    }

    @Test
    void aNameIsFreeAfterItsAgentIsDeleted() {
        Agent agent = platform.deployed("shortlived", AgentsPlatform.specification("shortlived", "[]"));
        Run run = platform.run(agent, "Hello?");
        platform.watch(run);

        platform.agents()
                .deleteAgent(DeleteAgentRequest.newBuilder()
                        .setTenantId(T)
                        .setProjectId(P)
                        .setAgentId(agent.getAgentId())
                        .build());

        assertThat(reason(() -> get(agent))).isEqualTo("AGENT_NOT_FOUND");
        assertThat(reason(() -> platform.run(agent, "Hello?"))).isEqualTo("AGENT_NOT_FOUND");
        assertThat(platform.createAgent("shortlived").getAgentId()).isNotEqualTo(agent.getAgentId());
        assertThat(platform.runs()
                        .getRun(GetRunRequest.newBuilder()
                                .setTenantId(T)
                                .setProjectId(P)
                                .setRunId(run.getRunId())
                                .build())
                        .getRun()
                        .getAgentName())
                .isEqualTo("shortlived");
    }

    @Test
    void agentsAreListedByNameInPages() {
        for (String name : List.of("page-c", "page-a", "page-b")) {
            platform.createAgent(name);
        }
        var all = ListAgentsRequest.newBuilder().setTenantId(T).setProjectId(P).setPageSize(1);
        List<String> names = new ArrayList<>();
        do {
            var page = platform.agents().listAgents(all.build());
            page.getAgentsList().forEach(agent -> names.add(agent.getName()));
            all.setPageToken(page.getNextPageToken());
        } while (!all.getPageToken().isEmpty());

        assertThat(names).isSorted().contains("page-a", "page-b", "page-c").doesNotHaveDuplicates();
        assertThat(platform.agents()
                        .listAgents(ListAgentsRequest.newBuilder()
                                .setTenantId(T)
                                .setProjectId(P)
                                .setName("page-b")
                                .build())
                        .getAgentsList())
                .extracting(Agent::getName)
                .containsExactly("page-b");
        assertThat(reason(() -> platform.agents()
                        .listAgents(all.clone().setPageToken("!").build())))
                .isEqualTo("PAGE_TOKEN_INVALID");
    }

    @Test
    void onlyTheDescriptionChanges() {
        Agent agent = platform.createAgent("described");
        var request = UpdateAgentRequest.newBuilder()
                .setTenantId(T)
                .setProjectId(P)
                .setAgentId(agent.getAgentId())
                .setAgent(Agent.newBuilder().setDescription("Another."))
                .setUpdateMask(FieldMask.newBuilder().addPaths("description"));

        assertThat(platform.agents().updateAgent(request.build()).getAgent().getDescription())
                .isEqualTo("Another.");
        assertThat(reason(() -> platform.agents()
                        .updateAgent(request.clone()
                                .setAgent(Agent.newBuilder().setName("renamed"))
                                .setUpdateMask(FieldMask.newBuilder().addPaths("name"))
                                .build())))
                .isEqualTo("INVALID_REQUEST");
    }

    @Test
    void aDraftIsCheckedAndRun() {
        Agent agent = platform.createAgent("drafted");
        var draft = SetDraftRequest.newBuilder().setTenantId(T).setProjectId(P).setAgentId(agent.getAgentId());
        var failure = failure(() -> platform.agents()
                .setDraft(draft.setSpecification("kind: Agent\nnme: x\n").build()));
        assertThat(failure.reason().name()).isEqualTo("SPECIFICATION_INVALID");
        assertThat(failure.violations())
                .anySatisfy(violation -> assertThat(violation.description())
                        .isEqualTo("line 2, column 1: There is no field `nme`. Did you mean `name`?"));

        String specification = AgentsPlatform.specification("drafted", "[]");
        platform.agents().setDraft(draft.setSpecification(specification).build());
        assertThat(platform.agents()
                        .getDraft(GetDraftRequest.newBuilder()
                                .setTenantId(T)
                                .setProjectId(P)
                                .setAgentId(agent.getAgentId())
                                .build())
                        .getDraft()
                        .getSpecification())
                .isEqualTo(specification);
        assertThat(reason(() -> platform.run(agent, "Hello?"))).isEqualTo("AGENT_NOT_DEPLOYED");
        Run run = platform.runs()
                .createRun(CreateRunRequest.newBuilder()
                        .setTenantId(T)
                        .setProjectId(P)
                        .setAgentId(agent.getAgentId())
                        .setDraft(true)
                        .addInput(InputMessage.newBuilder().setRole("user").setContent("Hello?"))
                        .build())
                .getRun();
        platform.watch(run);
        assertThat(run.getReleaseId()).isEmpty();
        assertThat(run.getSpecificationDigest()).hasSize(64);
    }

    @Test
    void theSameContentIsTheSameRelease() {
        Agent agent = platform.createAgent("addressed");
        Release first = platform.release(agent, AgentsPlatform.specification("addressed", "[]"));
        var again = platform.releases()
                .createRelease(CreateReleaseRequest.newBuilder()
                        .setTenantId(T)
                        .setProjectId(P)
                        .setAgentId(agent.getAgentId())
                        .setSpecification("# a comment\n" + AgentsPlatform.specification("addressed", "[]"))
                        .build());

        assertThat(again.getExisted()).isTrue();
        assertThat(again.getRelease()).isEqualTo(first);
        assertThat(first.getNumber()).isEqualTo(1);
        assertThat(platform.releases()
                        .getRelease(GetReleaseRequest.newBuilder()
                                .setTenantId(T)
                                .setProjectId(P)
                                .setAgentId(agent.getAgentId())
                                .setReleaseId(first.getReleaseId())
                                .build())
                        .getRelease())
                .isEqualTo(first);
    }

    @Test
    void rollbackWalksBack() {
        Agent agent = platform.createAgent("rolled");
        List<Release> releases = List.of("one", "two", "three").stream()
                .map(text -> platform.release(
                        agent, AgentsPlatform.specification("rolled", "[]") + "description: " + text + "\n"))
                .toList();
        releases.forEach(release -> platform.deploy(agent, release));
        platform.deploy(agent, releases.getLast());

        assertThat(rollBack(agent).getReleaseId()).isEqualTo(releases.get(1).getReleaseId());
        assertThat(get(agent).getDeployedReleaseId()).isEqualTo(releases.get(1).getReleaseId());
        assertThat(rollBack(agent).getReleaseId()).isEqualTo(releases.get(0).getReleaseId());
        assertThat(reason(() -> rollBack(agent))).isEqualTo("NOTHING_TO_ROLL_BACK");
        assertThat(platform.releases()
                        .listDeployments(ListDeploymentsRequest.newBuilder()
                                .setTenantId(T)
                                .setProjectId(P)
                                .setAgentId(agent.getAgentId())
                                .build())
                        .getDeploymentsList())
                .extracting(AgentDeployment::getNumber)
                .containsExactly(5, 4, 3, 2, 1);
        assertThat(platform.releases()
                        .listReleases(ListReleasesRequest.newBuilder()
                                .setTenantId(T)
                                .setProjectId(P)
                                .setAgentId(agent.getAgentId())
                                .setPageSize(2)
                                .build())
                        .getReleasesList())
                .extracting(Release::getNumber)
                .containsExactly(3, 2);
    }

    @Test
    void aRunIsStartedOnce() {
        Agent agent = platform.deployed("single", AgentsPlatform.specification("single", "[]"));
        var request = CreateRunRequest.newBuilder()
                .setTenantId(T)
                .setProjectId(P)
                .setAgentId(agent.getAgentId())
                .setRequestId("run-1")
                .addInput(InputMessage.newBuilder().setRole("user").setContent("Hello?"));
        Run first = platform.runs().createRun(request.build()).getRun();

        assertThat(platform.runs().createRun(request.build()).getRun().getRunId())
                .isEqualTo(first.getRunId());
        request.setInput(0, InputMessage.newBuilder().setRole("assistant").setContent("Hello?"))
                .setRequestId("run-2");
        assertThat(reason(() -> platform.runs().createRun(request.build()))).isEqualTo("RUN_INPUT_INVALID");
        platform.watch(first);
        assertThat(platform.runs()
                        .listRuns(ListRunsRequest.newBuilder()
                                .setTenantId(T)
                                .setProjectId(P)
                                .setAgentId(agent.getAgentId())
                                .build())
                        .getRunsList())
                .extracting(Run::getRunId)
                .containsExactly(first.getRunId());
    }

    @Test
    void aRepeatedRequestFindsItsRunThoughTheAgentIsGone() {
        Agent agent = platform.deployed("leaving", AgentsPlatform.specification("leaving", "[]"));
        var request = CreateRunRequest.newBuilder()
                .setTenantId(T)
                .setProjectId(P)
                .setAgentId(agent.getAgentId())
                .setRequestId("run-of-leaving")
                .addInput(InputMessage.newBuilder().setRole("user").setContent("Hello?"))
                .build();
        Run first = platform.runs().createRun(request).getRun();
        platform.watch(first);
        platform.agents()
                .deleteAgent(DeleteAgentRequest.newBuilder()
                        .setTenantId(T)
                        .setProjectId(P)
                        .setAgentId(agent.getAgentId())
                        .build());

        assertThat(platform.runs().createRun(request).getRun().getRunId()).isEqualTo(first.getRunId());
    }

    @Test
    void anotherTenantFindsNothing() {
        Agent agent = platform.deployed("private", AgentsPlatform.specification("private", "[]"));
        Run run = platform.run(agent, "Hello?");
        platform.watch(run);
        String tenant = "tnt_" + "2".repeat(26);
        String project = "prj_" + "2".repeat(26);
        var stranger = platform.as(platform.identity.token(Principal.key(
                "key_" + "2".repeat(26), "Stranger", tenant, project, StubIdentity.PERMISSIONS, List.of())));
        var agents = AgentServiceGrpc.newBlockingStub(stranger);
        var releases = ReleaseServiceGrpc.newBlockingStub(stranger);
        var runs = RunServiceGrpc.newBlockingStub(stranger);

        for (var scope : List.of(List.of(T, P), List.of(tenant, P), List.of(tenant, project))) {
            var find = GetAgentRequest.newBuilder()
                    .setTenantId(scope.get(0))
                    .setProjectId(scope.get(1))
                    .setAgentId(agent.getAgentId())
                    .build();
            assertThat(failure(() -> agents.getAgent(find)).category().httpStatus())
                    .isEqualTo(404);
            assertThat(failure(() -> runs.getRun(GetRunRequest.newBuilder()
                                    .setTenantId(scope.get(0))
                                    .setProjectId(scope.get(1))
                                    .setRunId(run.getRunId())
                                    .build()))
                            .category()
                            .httpStatus())
                    .isEqualTo(404);
            assertThat(failure(() -> releases.listReleases(ListReleasesRequest.newBuilder()
                                    .setTenantId(scope.get(0))
                                    .setProjectId(scope.get(1))
                                    .setAgentId(agent.getAgentId())
                                    .build()))
                            .category()
                            .httpStatus())
                    .isEqualTo(404);
        }
        assertThat(agents.listAgents(ListAgentsRequest.newBuilder()
                                .setTenantId(tenant)
                                .setProjectId(project)
                                .build())
                        .getAgentsCount())
                .isZero();
    }

    @Test
    void aViewerMayReadAndNotWrite() {
        Agent agent = platform.createAgent("viewed");
        var viewer = platform.as(platform.identity.token(
                Principal.user(StubIdentity.USER, "Viewer", Optional.of(T), Set.of("agent.read", "run.read"))));

        assertThat(AgentServiceGrpc.newBlockingStub(viewer)
                        .getAgent(GetAgentRequest.newBuilder()
                                .setTenantId(T)
                                .setProjectId(P)
                                .setAgentId(agent.getAgentId())
                                .build())
                        .getAgent()
                        .getName())
                .isEqualTo("viewed");
        assertThat(reason(() -> AgentServiceGrpc.newBlockingStub(viewer).createAgent(create("denied"))))
                .isEqualTo("PERMISSION_DENIED");
    }

    private static CreateAgentRequest create(String name) {
        return CreateAgentRequest.newBuilder()
                .setTenantId(T)
                .setProjectId(P)
                .setAgent(Agent.newBuilder().setName(name))
                .build();
    }

    private Agent get(Agent agent) {
        return platform.agents()
                .getAgent(GetAgentRequest.newBuilder()
                        .setTenantId(T)
                        .setProjectId(P)
                        .setAgentId(agent.getAgentId())
                        .build())
                .getAgent();
    }

    private AgentDeployment rollBack(Agent agent) {
        return platform.releases()
                .rollbackDeployment(RollbackDeploymentRequest.newBuilder()
                        .setTenantId(T)
                        .setProjectId(P)
                        .setAgentId(agent.getAgentId())
                        .build())
                .getDeployment();
    }

    private static String reason(Supplier<?> call) {
        return failure(call).reason().name();
    }

    private static PlatformException failure(Supplier<?> call) {
        return (PlatformException) catchThrowable(() -> RpcErrors.call(call));
    }
}
