package ai.exaone.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.UsageRecord;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that records calls, and looks for every one that it said it had recorded. */
class SpoolKillTest {
    private static final int LINES_BEFORE_THE_KILL = 3_000;

    @TempDir
    private Path directory;

    @Test
    void losesNothingThatWasRecordedWhenTheProcessIsKilled() throws Exception {
        Set<String> begun = new HashSet<>();
        Set<String> ended = new HashSet<>();
        Process writer = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpoolWriter.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = writer.inputReader()) {
            for (int line = 0; ; line++) {
                if (line == LINES_BEFORE_THE_KILL) {
                    writer.toHandle().destroyForcibly();
                }
                String next = said.readLine();
                if (next == null) {
                    break;
                }
                String[] words = next.split(" ");
                if (words.length == 2) {
                    (words[0].equals("begun") ? begun : ended).add(words[1]);
                }
            }
        }
        writer.waitFor();
        assertThat(begun).hasSizeGreaterThan(1_000);

        Map<String, Outcome> found = outcomes();
        assertThat(found.keySet()).containsAll(begun);
        assertThat(ended).allSatisfy(id -> assertThat(found.get(id)).isEqualTo(Outcome.OUTCOME_COMPLETED));
        begun.stream()
                .filter(id -> Integer.parseInt(id.substring("req_".length())) % 3 == 0)
                .forEach(id -> assertThat(found.get(id)).isEqualTo(Outcome.OUTCOME_INTERRUPTED));
    }

    private Map<String, Outcome> outcomes() throws Exception {
        Map<String, Outcome> found = new HashMap<>();
        try (Spool spool = Spool.open(SpoolConfig.in(directory, SpoolSync.GROUPED), Clock.systemUTC())) {
            SpoolPosition from = SpoolPosition.BEGINNING;
            for (SpoolReader.Stretch stretch = spool.read(from, 500);
                    !stretch.ended().isEmpty();
                    stretch = spool.read(from, 500)) {
                for (DrainedCall call : stretch.ended()) {
                    UsageRecord usage = UsageRecord.parseFrom(call.record());
                    assertThat(found.put(usage.getRequestId(), usage.getOutcome()))
                            .isNull();
                }
                from = stretch.to();
            }
        }
        return found;
    }
}
