package ai.exaone.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.agents.v1.Agent;
import ai.exaone.proto.agents.v1.CreateRunRequest;
import ai.exaone.proto.agents.v1.GetRunRequest;
import ai.exaone.proto.agents.v1.InputMessage;
import ai.exaone.proto.agents.v1.ListAgentsRequest;
import ai.exaone.proto.agents.v1.Run;
import ai.exaone.proto.agents.v1.RunServiceGrpc;
import ai.exaone.proto.agents.v1.RunState;
import ai.exaone.rpc.RpcErrors;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of agents and runs when identity says that their project is gone, and which agents a limited key may run. */
@Tag("server")
class DeletedProjectTest {
    private final AgentsPlatform platform = new AgentsPlatform();

    @AfterEach
    void stop() throws Exception {
        platform.close();
    }

    @Test
    void itsAgentsAreGoneAndItsRunsStop() throws Exception {
        Agent agent = platform.deployed("tidy", AgentsPlatform.specification("tidy", "[]"));
        Run hanging = hangingRun(agent);

        platform.identity.projectDeleted("prj_" + "2".repeat(26));
        platform.identity.projectDeleted(StubIdentity.PROJECT);

        await(() -> assertThat(get(hanging).getState()).isEqualTo(RunState.RUN_STATE_CANCELLED));
        assertThat(agents()).isEmpty();
        assertThatThrownBy(() -> RpcErrors.call(() -> platform.run(agent, "Hello?")))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        refused -> assertThat(refused.reason().name()).isEqualTo("AGENT_NOT_FOUND"));
        await(() -> assertThat(platform.identity.audited())
                .filteredOn(event -> event.getAction().equals("agent.delete"))
                .singleElement()
                .satisfies(event -> assertThat(event.getActor()).isEqualTo("service:agents")));
    }

    @Test
    void whatWasDeletedWhileAgentsWereDownIsGoneAfterwards() throws Exception {
        Agent agent = platform.deployed("tidy", AgentsPlatform.specification("tidy", "[]"));
        Run hanging = hangingRun(agent);

        platform.whileDown(() -> platform.identity.projectDeleted(StubIdentity.PROJECT));

        await(() -> assertThat(get(hanging).getState()).isEqualTo(RunState.RUN_STATE_CANCELLED));
        await(() -> assertThat(agents()).isEmpty());
        platform.restart();
        assertThat(get(hanging).getState()).isEqualTo(RunState.RUN_STATE_CANCELLED);
    }

    @Test
    void aKeyThatIsLimitedToModelsRunsTheAgentsAmongThem() {
        platform.model.script(body -> new ScriptedModel.Answer.Text("Done."));
        Agent mine = platform.deployed("mine", AgentsPlatform.specification("mine", "[]"));
        Agent other = platform.deployed("other", AgentsPlatform.specification("other", "[]"));
        String limited = platform.identity.keyToken("agent/mine", "scripted");

        Run run = runAs(limited, mine);
        platform.watch(run);

        assertThat(get(run).getState()).isEqualTo(RunState.RUN_STATE_COMPLETED);
        assertThat(platform.identity.issued().getLast().getAgentName()).isEqualTo("mine");
        assertThatThrownBy(() -> RpcErrors.call(() -> runAs(limited, other)))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        refused -> assertThat(refused.reason().name()).isEqualTo("RUN_AGENT_NOT_ALLOWED"));
    }

    private Run runAs(String token, Agent agent) {
        return RunServiceGrpc.newBlockingStub(platform.as(token))
                .createRun(CreateRunRequest.newBuilder()
                        .setTenantId(StubIdentity.TENANT)
                        .setProjectId(StubIdentity.PROJECT)
                        .setAgentId(agent.getAgentId())
                        .addInput(InputMessage.newBuilder().setRole("user").setContent("Hello?"))
                        .build())
                .getRun();
    }

    private Run hangingRun(Agent agent) throws InterruptedException {
        platform.model.script(body -> new ScriptedModel.Answer.Hanging("..."));
        Run run = platform.run(agent, "Hello?");
        platform.model.awaitHanging();
        return run;
    }

    private List<Agent> agents() {
        return platform.agents()
                .listAgents(ListAgentsRequest.newBuilder()
                        .setTenantId(StubIdentity.TENANT)
                        .setProjectId(StubIdentity.PROJECT)
                        .build())
                .getAgentsList();
    }

    private Run get(Run run) {
        return platform.runs()
                .getRun(GetRunRequest.newBuilder()
                        .setTenantId(StubIdentity.TENANT)
                        .setProjectId(StubIdentity.PROJECT)
                        .setRunId(run.getRunId())
                        .build())
                .getRun();
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().untilAsserted(assertion);
    }
}
