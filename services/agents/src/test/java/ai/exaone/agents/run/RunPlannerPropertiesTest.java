package ai.exaone.agents.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.agents.agent.AgentSpecification.RunLimits;
import ai.exaone.agents.run.RunEvent.InputMessage;
import ai.exaone.agents.run.RunEvent.ToolCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Plays runs against worlds that answer at random, with workers that die at random. */
class RunPlannerPropertiesTest {
    private static final String DIGEST = "d";

    @Property(tries = 500)
    void everyRunEndsWithinItsStepsAndRepeatsNothingFinished(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int steps) {
        var world = new World(new Random(seed));
        var limits = new RunLimits(steps, Duration.ofMinutes(1), 1_000_000);

        List<JournalEntry> journal = world.play(limits);

        RunState end = RunState.fold(journal);
        assertThat(end.ending()).isPresent();
        assertThat(end.steps()).isLessThanOrEqualTo(steps);
        assertThat(world.finishedCalls).doesNotHaveDuplicates();
        assertThat(journal).extracting(JournalEntry::sequence).doesNotHaveDuplicates();
    }

    @Property(tries = 300)
    void foldingAtOnceAndEventByEventAgree(@ForAll long seed) {
        List<JournalEntry> journal =
                new World(new Random(seed)).play(new RunLimits(8, Duration.ofMinutes(1), 1_000_000));

        RunState stepwise = RunState.EMPTY;
        for (JournalEntry entry : journal) {
            stepwise = stepwise.after(entry.event());
        }

        assertThat(RunState.fold(journal)).isEqualTo(stepwise);
    }

    @Property(tries = 300)
    void everyPrefixPlansTheSameStepEachTime(@ForAll long seed) {
        var limits = new RunLimits(8, Duration.ofMinutes(1), 1_000_000);
        List<JournalEntry> journal = new World(new Random(seed)).play(limits);

        for (int length = 1; length <= journal.size(); length++) {
            List<JournalEntry> prefix = journal.subList(0, length);
            Step first = RunPlanner.next(RunState.fold(prefix), limits, Duration.ZERO, Optional.empty());
            Step again = RunPlanner.next(RunState.fold(stored(prefix)), limits, Duration.ZERO, Optional.empty());
            assertThat(again).isEqualTo(first);
        }
    }

    @Property(tries = 200)
    void aCancelledRunEndsAtItsNextStep(@ForAll long seed) {
        var limits = new RunLimits(8, Duration.ofMinutes(1), 1_000_000);
        List<JournalEntry> journal = new World(new Random(seed)).play(limits);
        List<JournalEntry> open = journal.subList(0, journal.size() - 1);

        Step next = RunPlanner.next(RunState.fold(open), limits, Duration.ZERO, Optional.of("usr_1"));

        assertThat(next).isEqualTo(new Step.End(new RunEvent.Cancelled("usr_1")));
    }

    @Property(tries = 200)
    void aRunThatTookTooLongStartsNothing(@ForAll long seed) {
        var limits = new RunLimits(8, Duration.ofMinutes(1), 1_000_000);
        List<JournalEntry> journal = new World(new Random(seed)).play(limits);

        for (int length = 1; length < journal.size(); length++) {
            Step next = RunPlanner.next(
                    RunState.fold(journal.subList(0, length)), limits, Duration.ofMinutes(1), Optional.empty());
            assertThat(next).isNotInstanceOf(Step.CallModel.class).isNotInstanceOf(Step.CallTool.class);
        }
    }

    private static List<JournalEntry> stored(List<JournalEntry> entries) {
        return entries.stream()
                .map(entry -> new JournalEntry(
                        entry.sequence(),
                        entry.time(),
                        RunEventMessages.ofJson(RunEventMessages.toJson(entry.event()))))
                .toList();
    }

    /** Models and tools that answer, fail, or are cut off with their worker. */
    private static final class World {
        private final Random random;
        private final List<JournalEntry> journal = new ArrayList<>();
        private final List<String> finishedCalls = new ArrayList<>();
        private final Set<String> begun = new HashSet<>();

        World(Random random) {
            this.random = random;
        }

        List<JournalEntry> play(RunLimits limits) {
            append(new RunEvent.Started(List.of(new InputMessage("user", "Go.")), Optional.empty(), DIGEST));
            while (true) {
                Step step = RunPlanner.next(RunState.fold(journal), limits, Duration.ZERO, Optional.empty());
                switch (step) {
                    case Step.CallModel(int number, int attempt) -> model(number, attempt);
                    case Step.CallTool(int number, ToolCall call) -> {
                        assertThat(begun.add(number + call.callId())).isTrue();
                        append(new RunEvent.ToolCallStarted(number, call, "k-" + number));
                        tool(number, call);
                    }
                    case Step.ResumeTool(int number, ToolCall call, String key) -> {
                        assertThat(key).isEqualTo("k-" + number);
                        tool(number, call);
                    }
                    case Step.End(RunEvent.Ending ending) -> append(ending);
                    case Step.Nothing() -> {
                        return journal;
                    }
                }
            }
        }

        private void model(int number, int attempt) {
            append(new RunEvent.ModelCallStarted(number, "m", "req_" + number + attempt, attempt));
            switch (random.nextInt(6)) {
                case 0 -> {
                    // The worker died: nothing more is known.
                }
                case 1 -> append(new RunEvent.ModelCallFailed(number, "AWAY", "Away.", attempt < 3));
                case 2 -> append(new RunEvent.ModelCallCompleted(number, "Done.", "", List.of(), 5, 5, "stop"));
                default -> append(new RunEvent.ModelCallCompleted(number, "", "", calls(number), 5, 5, "tool_calls"));
            }
        }

        private List<ToolCall> calls(int number) {
            List<ToolCall> calls = new ArrayList<>();
            for (int index = 0; index <= random.nextInt(3); index++) {
                calls.add(new ToolCall("call-" + number + "-" + index, "tool", "{}"));
            }
            return calls;
        }

        private void tool(int number, ToolCall call) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    // The worker died in the middle.
                }
                case 1 -> {
                    finishedCalls.add(number + call.callId());
                    append(new RunEvent.ToolCallFailed(number, call.callId(), "FAILED", "No."));
                }
                default -> {
                    finishedCalls.add(number + call.callId());
                    append(new RunEvent.ToolCallCompleted(number, call.callId(), "ok", Duration.ofMillis(1)));
                }
            }
        }

        private void append(RunEvent event) {
            journal.add(new JournalEntry(journal.size() + 1, Instant.EPOCH, event));
        }
    }
}
