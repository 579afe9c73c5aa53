package ai.exaone.agents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.proto.agents.v1.Agent;
import ai.exaone.proto.agents.v1.GetRunRequest;
import ai.exaone.proto.agents.v1.Run;
import ai.exaone.proto.agents.v1.RunEvent;
import ai.exaone.proto.agents.v1.RunState;
import ai.exaone.proto.agents.v1.WatchRunResponse;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentsEndToEndTest {
    @AutoClose
    private final AgentsPlatform platform = new AgentsPlatform();

    @Test
    void anAgentWithoutToolsAnswers() {
        Agent agent = platform.deployed("greeter", AgentsPlatform.specification("greeter", "[]"));
        platform.model.script(body -> new ScriptedModel.Answer.Text("Good ", "morning."));

        Run run = platform.run(agent, "Hello?");
        List<WatchRunResponse> told = platform.watch(run);

        assertThat(told.stream()
                        .filter(WatchRunResponse::hasRunEvent)
                        .map(response -> response.getRunEvent().getEventCase()))
                .containsExactly(
                        RunEvent.EventCase.RUN_STARTED,
                        RunEvent.EventCase.MODEL_CALL_STARTED,
                        RunEvent.EventCase.MODEL_CALL_COMPLETED,
                        RunEvent.EventCase.RUN_COMPLETED);
        Run ended = get(run);
        assertThat(ended.getState()).isEqualTo(RunState.RUN_STATE_COMPLETED);
        assertThat(ended.getOutput()).isEqualTo("Good morning.");
        assertThat(ended.getInputTokens()).isEqualTo(10);
        assertThat(ended.getOutputTokens()).isEqualTo(5);
        assertThat(ended.getSteps()).isEqualTo(1);
        assertThat(ended.getLastSequence()).isEqualTo(4);
        var asked = platform.model.asked().getLast();
        assertThat(asked.caller().runId()).contains(run.getRunId());
        assertThat(asked.head().getDepth()).isEqualTo(1);
        assertThat(asked.body().path("messages").get(0).path("content").asString())
                .isEqualTo("You help.");
    }

    @Test
    void aToolIsCalledWithItsArgumentsItsSecretAndItsKey() {
        platform.identity.secret("ORDERS_TOKEN", "s3cret-value");
        Agent agent =
                platform.deployed("clerk", AgentsPlatform.specification("clerk", """

                  - http:
                      name: order
                      description: Looks up an order.
                      method: GET
                      url: %s/orders/{id}
                      headers: {Authorization: "Bearer ${secret.ORDERS_TOKEN}"}
                      parameters:
                        type: object
                        properties: {id: {type: string}, fields: {type: array, items: {type: string}}}
                        required: [id]
                """.formatted(platform.tool.url())));
        platform.tool.behave(call ->
                CountingToolServer.Reply.json("{\"state\":\"shipped\",\"you\":\"" + call.authorization() + "\"}"));
        platform.model.script(body -> ScriptedModel.toolResults(body) == 0
                ? new ScriptedModel.Answer.Calls("order", "{\"id\":\"a/b 1\",\"fields\":[\"state\",\"date\"]}")
                : new ScriptedModel.Answer.Text("It is shipped."));

        Run run = platform.run(agent, "Where is order 1?");
        List<WatchRunResponse> told = platform.watch(run);

        var call = platform.tool.calls().getLast();
        assertThat(call.method()).isEqualTo("GET");
        assertThat(call.target()).isEqualTo("/orders/a%2Fb%201?fields=state&fields=date");
        assertThat(call.authorization()).isEqualTo("Bearer s3cret-value");
        assertThat(call.key()).isEqualTo(run.getRunId() + "-2");
        var completed = told.stream()
                .filter(response -> response.getRunEvent().hasToolCallCompleted())
                .findFirst()
                .orElseThrow();
        assertThat(completed.getRunEvent().getToolCallCompleted().getResult())
                .isEqualTo("{\"state\":\"shipped\",\"you\":\"Bearer ${secret.ORDERS_TOKEN}\"}");
        assertThat(told.toString()).doesNotContain("s3cret-value");
        assertThat(get(run).getOutput()).isEqualTo("It is shipped.");
        assertThat(get(run).getSteps()).isEqualTo(3);
    }

    @Test
    void changesReachTheAuditLog() {
        Agent agent = platform.deployed("audited", AgentsPlatform.specification("audited", "[]"));

        Awaitility.await()
                .untilAsserted(() -> assertThat(platform.identity.audited())
                        .filteredOn(event -> event.getTarget().equals(agent.getAgentId()))
                        .extracting(event -> event.getAction())
                        .contains("agent.create", "agent.deploy"));
        assertThat(platform.identity.audited()).allSatisfy(event -> {
            assertThat(event.getActor()).isEqualTo(StubIdentity.KEY);
            assertThat(event.getTenantId()).isEqualTo(StubIdentity.TENANT);
        });
    }

    private Run get(Run run) {
        return platform.runs()
                .getRun(GetRunRequest.newBuilder()
                        .setTenantId(run.getTenantId())
                        .setProjectId(run.getProjectId())
                        .setRunId(run.getRunId())
                        .build())
                .getRun();
    }
}
