package ai.exaone.agents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.proto.agents.v1.Agent;
import ai.exaone.proto.agents.v1.CancelRunRequest;
import ai.exaone.proto.agents.v1.CreateRunRequest;
import ai.exaone.proto.agents.v1.GetRunRequest;
import ai.exaone.proto.agents.v1.InputMessage;
import ai.exaone.proto.agents.v1.Run;
import ai.exaone.proto.agents.v1.RunEvent;
import ai.exaone.proto.agents.v1.RunServiceGrpc;
import ai.exaone.proto.agents.v1.RunState;
import ai.exaone.proto.agents.v1.WatchRunRequest;
import ai.exaone.proto.agents.v1.WatchRunResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunBehaviourTest {
    @AutoClose
    private final AgentsPlatform platform = new AgentsPlatform();

    @Test
    void aModelThatIsAwayIsAskedAgain() {
        var calls = new AtomicInteger();
        platform.model.script(body -> calls.incrementAndGet() == 1
                ? new ScriptedModel.Answer.Refusal(503, "NO_REPLICA", Map.of())
                : new ScriptedModel.Answer.Text("Back."));

        Run ended = finished(agent("patient", ""));

        assertThat(ended.getOutput()).isEqualTo("Back.");
        assertThat(events(ended))
                .filteredOn(RunEvent::hasModelCallFailed)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getModelCallFailed().getReason()).isEqualTo("NO_REPLICA");
                    assertThat(event.getModelCallFailed().getRetrying()).isTrue();
                });
    }

    @Test
    void aRefusedModelCallEndsTheRunWithItsReason() {
        platform.model.script(
                body -> new ScriptedModel.Answer.Refusal(429, "QUOTA_EXCEEDED", Map.of("retry-after", "3600")));

        Run ended = finished(agent("poor", ""));

        assertThat(ended.getState()).isEqualTo(RunState.RUN_STATE_FAILED);
        assertThat(ended.getFailureReason()).isEqualTo("QUOTA_EXCEEDED");
        assertThat(ended.getFailureDetail()).isEqualTo("Refused by script.");
    }

    @Test
    void anAnswerThatBreaksOffIsNoAnswer() {
        var calls = new AtomicInteger();
        platform.model.script(body -> calls.incrementAndGet() == 1
                ? new ScriptedModel.Answer.Broken("Half an")
                : new ScriptedModel.Answer.Text("A whole answer."));

        Run ended = finished(agent("careful", ""));

        assertThat(ended.getOutput()).isEqualTo("A whole answer.");
        assertThat(events(ended))
                .filteredOn(RunEvent::hasModelCallFailed)
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getModelCallFailed().getReason()).isEqualTo("MODEL_ANSWER_INTERRUPTED"));
    }

    @Test
    void aRunWhoseOwnerIsRevokedStops() {
        platform.identity.refuse(StubIdentity.USER);
        platform.model.script(body -> new ScriptedModel.Answer.Text("Never."));
        Agent agent = agent("orphan", "");
        var asUser = RunServiceGrpc.newBlockingStub(platform.as(platform.identity.userToken()));

        Run run = asUser.createRun(CreateRunRequest.newBuilder()
                        .setTenantId(StubIdentity.TENANT)
                        .setProjectId(StubIdentity.PROJECT)
                        .setAgentId(agent.getAgentId())
                        .addInput(InputMessage.newBuilder().setRole("user").setContent("Hello?"))
                        .build())
                .getRun();
        platform.watch(run);

        assertThat(get(run).getFailureReason()).isEqualTo("RUN_OWNER_REFUSED");
        assertThat(get(run).getOwner()).isEqualTo(StubIdentity.USER);
    }

    @Test
    void aRunEndsAtItsLimitOfSteps() {
        platform.model.script(body -> new ScriptedModel.Answer.Calls("ping", "{}"));

        Run ended = finished(agent("endless", "limits: {steps: 4}\n" + ping("GET")));

        assertThat(ended.getFailureReason()).isEqualTo("RUN_STEPS_EXCEEDED");
        assertThat(ended.getSteps()).isEqualTo(4);
    }

    @Test
    void aRunEndsAtItsLimitOfTime() {
        platform.model.script(body -> new ScriptedModel.Answer.Hanging("..."));
        int cancelled = platform.model.cancelled();
        Agent slow = agent("slow", "limits: {duration: 1s}");

        // Where the machine is slow too, the time may be over before the model is asked.
        Run ended = Awaitility.await().until(() -> finished(slow), this::wasAsked);

        assertThat(ended.getFailureReason()).isEqualTo("RUN_DURATION_EXCEEDED");
        Awaitility.await().until(() -> platform.model.cancelled() > cancelled);
    }

    @Test
    void aModelLearnsWhatWasWrongWithItsCall() {
        platform.model.script(body -> switch ((int) ScriptedModel.toolResults(body)) {
            case 0 -> new ScriptedModel.Answer.Calls("pong", "{}");
            case 1 -> new ScriptedModel.Answer.Calls("ping", "{\"times\":\"many\"}");
            case 2 -> new ScriptedModel.Answer.Calls("ping", "not json");
            default -> new ScriptedModel.Answer.Text("I give up.");
        });

        Run ended = finished(agent("learner", ping("GET")));

        assertThat(events(ended))
                .filteredOn(RunEvent::hasToolCallFailed)
                .extracting(event -> event.getToolCallFailed().getReason())
                .containsExactly("TOOL_UNKNOWN", "TOOL_ARGUMENTS_INVALID", "TOOL_ARGUMENTS_INVALID");
        assertThat(ended.getOutput()).isEqualTo("I give up.");
        assertThat(platform.model.asked().getLast().body().toString()).contains("TOOL_ARGUMENTS_INVALID");
    }

    @Test
    void aLongToolAnswerIsCut() {
        platform.tool.behave(call -> CountingToolServer.Reply.json("\"" + "x".repeat(100_000) + "\""));
        platform.model.script(body -> ScriptedModel.toolResults(body) == 0
                ? new ScriptedModel.Answer.Calls("ping", "{}")
                : new ScriptedModel.Answer.Text("Long."));

        Run ended = finished(agent("reader", ping("GET")));

        assertThat(events(ended))
                .filteredOn(RunEvent::hasToolCallCompleted)
                .singleElement()
                .satisfies(event -> assertThat(event.getToolCallCompleted().getResult())
                        .hasSizeLessThan(33_000)
                        .endsWith("[cut: 32000 of 100002 characters]"));
    }

    @Test
    void aPrivateAddressIsRefusedWithoutBeingNamed() {
        platform.model.script(body -> ScriptedModel.toolResults(body) == 0
                ? new ScriptedModel.Answer.Calls("ping", "{}")
                : new ScriptedModel.Answer.Text("Refused."));

        Run ended = finished(agent("curious", """
                tools:
                  - http: {name: ping, description: Pings., method: GET, url: "http://169.254.169.254/latest/meta-data"}
                """));

        assertThat(events(ended))
                .filteredOn(RunEvent::hasToolCallFailed)
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getToolCallFailed().getReason()).isEqualTo("OUTBOUND_ADDRESS_REFUSED"));
    }

    @Test
    void aCancelledRunStopsItsModelCall() throws InterruptedException {
        platform.model.script(body -> new ScriptedModel.Answer.Silent());
        Agent agent = agent("thinker", "");
        Run run = platform.run(agent, "Think.");
        Awaitility.await().until(() -> wasAsked(run));
        int cancelled = platform.model.cancelled();

        platform.runs()
                .cancelRun(CancelRunRequest.newBuilder()
                        .setTenantId(run.getTenantId())
                        .setProjectId(run.getProjectId())
                        .setRunId(run.getRunId())
                        .build());
        List<WatchRunResponse> told = platform.watch(run);

        assertThat(told.getLast().getRunEvent().getRunCancelled().getCancelledBy())
                .isEqualTo(StubIdentity.KEY);
        assertThat(get(run).getState()).isEqualTo(RunState.RUN_STATE_CANCELLED);
        Awaitility.await().until(() -> platform.model.cancelled() > cancelled);
    }

    @Test
    void aWatchGoesOnWhereItEnded() {
        platform.model.script(body -> new ScriptedModel.Answer.Text("Hi."));
        Run run = finished(agent("watched", ""));

        assertThat(watch(run, 2))
                .extracting(response -> response.getRunEvent().getSequence())
                .containsExactly(3L, 4L);
        assertThat(watch(run, 4)).isEmpty();
        assertThat(watch(run, 99)).isEmpty();
    }

    @Test
    void runsGoOnAfterARestart() {
        platform.model.script(body -> new ScriptedModel.Answer.Hanging("..."));
        Agent agent = agent("survivor", "");
        Run run = platform.run(agent, "Survive.");
        Awaitility.await().until(() -> wasAsked(run));
        platform.model.script(body -> new ScriptedModel.Answer.Text("Still here."));

        platform.restart();
        platform.watch(run);

        assertThat(get(run).getOutput()).isEqualTo("Still here.");
        assertThat(events(run))
                .filteredOn(RunEvent::hasModelCallStarted)
                .extracting(event -> event.getModelCallStarted().getAttempt())
                .containsExactly(1, 2);
    }

    private Agent agent(String name, String more) {
        return platform.deployed(name, """
                apiVersion: exaone.ai/v1
                kind: Agent
                name: %s
                model: scripted
                instructions: You help.
                %s
                """.formatted(name, more));
    }

    private String ping(String method) {
        return """
                tools:
                  - http:
                      name: ping
                      description: Pings.
                      method: %s
                      url: %s/ping
                      parameters: {type: object, properties: {times: {type: integer}}}
                """.formatted(method, platform.tool.url());
    }

    /** Whether the model was asked for a run. */
    private boolean wasAsked(Run run) {
        return platform.model.asked().stream()
                .anyMatch(asked ->
                        asked.caller().runId().filter(run.getRunId()::equals).isPresent());
    }

    private Run finished(Agent agent) {
        Run run = platform.run(agent, "Hello?");
        platform.watch(run);
        return get(run);
    }

    private List<RunEvent> events(Run run) {
        return watch(run, 0).stream().map(WatchRunResponse::getRunEvent).toList();
    }

    private List<WatchRunResponse> watch(Run run, long after) {
        List<WatchRunResponse> told = new ArrayList<>();
        platform.runs()
                .watchRun(WatchRunRequest.newBuilder()
                        .setTenantId(run.getTenantId())
                        .setProjectId(run.getProjectId())
                        .setRunId(run.getRunId())
                        .setAfterSequence(after)
                        .build())
                .forEachRemaining(told::add);
        return told;
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
