package ai.exaone.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.exaone.bench.candidate.Endpoint;
import ai.exaone.bench.comparison.Comparison.Plan;
import ai.exaone.bench.comparison.Kind;
import ai.exaone.bench.load.LoadGenerator;
import ai.exaone.bench.machine.ThreadTimes;
import ai.exaone.bench.upstream.ScriptedUpstream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real recordings, of this very process. */
@Tag("server")
class GatewayProfileTest {
    private static final long SELF = ProcessHandle.current().pid();

    @TempDir
    Path folder;

    @Test
    void samplesTellWhatAThreadDid() throws Exception {
        Path file = folder.resolve("one.jfr");
        Instant from = Instant.now();
        try (FlightRecording recording = FlightRecording.start(SELF, file)) {
            burn();

            assertThat(recording.stop(from, Instant.now()).collapsed())
                    .anyMatch(line -> line.startsWith("burner;") && line.contains(".GatewayProfileTest.spin"));
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void whatWasNotInTheTimeIsLeftOut() throws Exception {
        try (FlightRecording recording = FlightRecording.start(SELF, folder.resolve("two.jfr"))) {
            burn();
            Instant later = Instant.now().plus(Duration.ofHours(1));

            assertThat(recording.stop(later, later.plusSeconds(1)).total()).isZero();
        }
    }

    @Test
    void eachKindIsRunAndToldOf() throws Exception {
        List<String> progress = new ArrayList<>();
        try (ScriptedUpstream upstream = ScriptedUpstream.start(0, 1, Optional.empty(), Kind.Models.all());
                LoadGenerator generator = new LoadGenerator(1)) {
            URI base = URI.create("http://127.0.0.1:" + upstream.port() + "/v1");
            Endpoint endpoint = new Endpoint("exaone", base, "key", Map.of(Endpoint.GATEWAY, List.of(SELF)));
            Plan plan = new Plan(
                    List.of(Kind.JSON_1K, Kind.STREAM_64, Kind.SOAK, Kind.OVERLOAD),
                    0,
                    1,
                    Duration.ofMillis(100),
                    Duration.ofMillis(500));

            String text =
                    new GatewayProfile(generator, folder.resolve("run-").toString(), progress::add).run(endpoint, plan);

            assertThat(text)
                    .contains("## Where exaone's processor time goes", "### json1k: ", "### stream64: ", " %  ")
                    .doesNotContain("### soak", "### overload");
        }
        assertThat(progress).hasSize(2);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "run-json1k.collapsed", "run-json1k.html", "run-stream64.collapsed", "run-stream64.html");
        }
        assertThat(Files.readAllLines(folder.resolve("run-json1k.collapsed")))
                .anyMatch(line -> line.contains("ai.exaone.bench.load."));
    }

    /** Keeps a thread busy for long enough to be seen. */
    private static void burn() throws InterruptedException {
        ThreadTimes before = ThreadTimes.of(SELF);
        AtomicBoolean enough = new AtomicBoolean();
        Thread thread = Thread.ofPlatform().name("burner-1").start(() -> spin(enough));
        try {
            await().until(
                            () -> ThreadTimes.of(SELF).since(before).getOrDefault("burner-1", 0.0),
                            seconds -> seconds > 0.1);
        } finally {
            enough.set(true);
            thread.join();
        }
    }

    private static void spin(AtomicBoolean enough) {
        while (!enough.get()) {
            Thread.onSpinWait();
        }
    }
}
