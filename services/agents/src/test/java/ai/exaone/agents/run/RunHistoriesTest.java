package ai.exaone.agents.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.agents.agent.AgentSpecification.RunLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays recorded journals. Each line of a history is an event as the journal stores it, then the step that followed. A change of
 * fold or planner that would take a running run elsewhere fails here.
 */
class RunHistoriesTest {
    private static final String ARROW = " => ";

    @ParameterizedTest
    @ValueSource(strings = {"answer", "tools", "retries", "model-failure", "cancelled-in-a-tool", "limits"})
    void aRecordedHistoryLeadsWhereItLed(String name) {
        List<JournalEntry> journal = new ArrayList<>();
        for (String line : lines(name)) {
            int arrow = line.lastIndexOf(ARROW);
            RunEvent event = RunEventMessages.ofJson(line.substring(0, arrow));
            journal.add(new JournalEntry(journal.size() + 1, Instant.EPOCH, event));

            Step next = RunPlanner.next(
                    RunState.fold(journal),
                    new RunLimits(6, Duration.ofMinutes(10), 1000),
                    Duration.ZERO,
                    Optional.empty());

            assertThat(describe(next))
                    .as("after event %d of %s", journal.size(), name)
                    .isEqualTo(line.substring(arrow + ARROW.length()));
            assertThat(RunEventMessages.toJson(event)).isEqualTo(line.substring(0, arrow));
        }
    }

    private static String describe(Step step) {
        return switch (step) {
            case Step.CallModel(int number, int attempt) -> "model " + number + " attempt " + attempt;
            case Step.CallTool(int number, RunEvent.ToolCall call) -> "tool " + number + " " + call.callId();
            case Step.ResumeTool(int number, RunEvent.ToolCall call, String key) ->
                "resume " + number + " " + call.callId() + " " + key;
            case Step.End(RunEvent.Ending ending) -> "end " + RunEventMessages.toJson(ending);
            case Step.Nothing() -> "nothing";
        };
    }

    private static List<String> lines(String name) {
        try (var stream = RunHistoriesTest.class.getResourceAsStream("histories/" + name + ".txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
