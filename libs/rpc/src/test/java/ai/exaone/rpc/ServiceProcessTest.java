package ai.exaone.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service as a process of its own that is asked to end, at any time. */
@Tag("server")
class ServiceProcessTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    private Path diary;
    private Process process;

    @BeforeEach
    void openDiary() {
        diary = folder.resolve("diary");
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void askedWhileItStartsItEndsWhatHadStarted() throws Exception {
        start("never");
        awaitLine("second starts");

        process.destroy();

        assertThat(exitCode()).isEqualTo(TERMINATED);
        assertThat(lines()).containsExactly("first started", "second starts", "first ended");
    }

    @Test
    void askedWhenItRunsItEndsTheLastFirst() throws Exception {
        start("at once");
        await().until(() -> Files.readString(folder.resolve("log")).contains("quota is up"));

        process.destroy();

        assertThat(exitCode()).isEqualTo(TERMINATED);
        assertThat(lines())
                .containsExactly("first started", "second starts", "second started", "second ended", "first ended");
    }

    @Test
    void aServiceThatCannotStartEndsItsProcess() throws Exception {
        start("fails");

        assertThat(exitCode()).isOne();
        assertThat(lines()).containsExactly("first started", "second starts", "first ended");
        assertThat(folder.resolve("log")).content().contains("The second part cannot start");
    }

    private void start(String second) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        process = new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-D" + SlowStart.DIARY + "=" + diary,
                        "-D" + SlowStart.SECOND + "=" + second,
                        "-Dexaone.rpc.in-process-prefix=" + UUID.randomUUID(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowStart.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private int exitCode() throws InterruptedException {
        assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private void awaitLine(String line) {
        await().until(() -> lines().contains(line));
    }

    private List<String> lines() throws IOException {
        return Files.exists(diary) ? Files.readAllLines(diary) : List.of();
    }
}
