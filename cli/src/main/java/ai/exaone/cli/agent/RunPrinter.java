package ai.exaone.cli.agent;

import ai.exaone.cli.CliException;
import ai.exaone.cli.Surroundings;
import ai.exaone.cli.http.EventStream;
import ai.exaone.proto.agents.v1.ModelCallCompleted;
import ai.exaone.proto.agents.v1.RunEvent;
import ai.exaone.proto.agents.v1.ToolCall;
import ai.exaone.proto.agents.v1.ToolCallCompleted;
import ai.exaone.proto.agents.v1.WatchRunResponse;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** Prints a run's events as they come, and follows again where a connection breaks. */
final class RunPrinter {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 60;

    private final AgentApi api;
    private final PrintWriter out;
    private boolean inText;

    RunPrinter(AgentApi api, PrintWriter out) {
        this.api = api;
        this.out = out;
    }

    /**
     * Prints a run to its end.
     *
     * @param follow whether to wait for events to come; otherwise only those that are there are printed
     * @return whether the run ended with an answer; true when it has not ended
     */
    boolean print(String runId, boolean follow) {
        Optional<String> after = Optional.empty();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (EventStream events = api.events(runId, after)) {
                for (Optional<EventStream.Event> next = events.next(); next.isPresent(); next = events.next()) {
                    EventStream.Event event = next.get();
                    if (event.type().equals("error")) {
                        break;
                    }
                    after = Optional.of(event.id()).filter(id -> !id.isEmpty()).or(() -> Optional.of("0"));
                    Optional<Boolean> end = print(Surroundings.read(event.data(), WatchRunResponse.newBuilder())
                            .build());
                    if (end.isPresent()) {
                        return end.get();
                    }
                }
            } catch (UncheckedIOException broken) {
                // The platform may just be starting again; the run goes on without us.
                say("… connecting again");
            }
            if (!follow) {
                return true;
            }
            pause();
        }
        throw new CliException("The run's events cannot be followed. Look later: exaone agent logs " + runId);
    }

    private Optional<Boolean> print(WatchRunResponse response) {
        switch (response.getEventCase()) {
            case OUTPUT_DELTA -> {
                inText = true;
                out.print(response.getOutputDelta().getContent());
                out.flush();
                return Optional.empty();
            }
            case RUN_EVENT -> {
                return print(response.getRunEvent());
            }
            case EVENT_NOT_SET -> {
                return Optional.empty();
            }
        }
        throw new IllegalStateException("An event of a kind that is not known here");
    }

    private Optional<Boolean> print(RunEvent event) {
        switch (event.getEventCase()) {
            case RUN_STARTED -> say("run started");
            case MODEL_CALL_STARTED ->
                say("step " + event.getModelCallStarted().getStep() + "  "
                        + event.getModelCallStarted().getModel() + " …");
            case MODEL_CALL_COMPLETED -> completed(event.getModelCallCompleted());
            case MODEL_CALL_FAILED ->
                say("        failed: " + event.getModelCallFailed().getDetail()
                        + (event.getModelCallFailed().getRetrying() ? " (trying again)" : ""));
            case TOOL_CALL_STARTED -> {
                ToolCall call = event.getToolCallStarted().getCall();
                say("step " + event.getToolCallStarted().getStep() + "  " + call.getName() + "(" + call.getArguments()
                        + ") …");
            }
            case TOOL_CALL_COMPLETED -> completed(event.getToolCallCompleted());
            case TOOL_CALL_FAILED ->
                say("        failed: " + event.getToolCallFailed().getReason() + ": "
                        + event.getToolCallFailed().getDetail());
            case RUN_COMPLETED -> {
                say("");
                say(event.getRunCompleted().getOutput());
                return Optional.of(true);
            }
            case RUN_FAILED -> {
                say("run failed: " + event.getRunFailed().getReason() + ": "
                        + event.getRunFailed().getDetail());
                return Optional.of(false);
            }
            case RUN_CANCELLED -> {
                say("run cancelled by " + event.getRunCancelled().getCancelledBy());
                return Optional.of(false);
            }
            case EVENT_NOT_SET -> say("an event of a later edition");
        }
        return Optional.empty();
    }

    private void completed(ModelCallCompleted call) {
        say("        " + call.getInputTokens() + " + " + call.getOutputTokens() + " tokens"
                + (call.getToolCallsCount() > 0 ? ", calls " + call.getToolCallsCount() + " tool(s)" : ""));
    }

    private void completed(ToolCallCompleted call) {
        say("        " + call.getDurationMicros() / 1_000 + " ms: "
                + call.getResult().lines().findFirst().orElse(""));
    }

    private void say(String line) {
        if (inText) {
            out.println();
            inText = false;
        }
        out.println(line);
        out.flush();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CliException("Stopped.", stop);
        }
    }
}
