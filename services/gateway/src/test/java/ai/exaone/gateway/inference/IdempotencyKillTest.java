package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of idempotency keys when a gateway is killed, and when its database is away. */
@Tag("server")
class IdempotencyKillTest {
    @TempDir
    private Path files;

    @Test
    void theNextGatewayKnowsWhatTheKilledOneAnsweredAndDoesNotRepeatWhatItHadBegun() throws Exception {
        try (TestDatabase database = TestDatabase.create("gateway")) {
            Map<String, Object> settings = ThroughTwoGateways.settings(database, files);
            String answered = answerAndBeKilled(settings);

            StubEngine engine = StubEngine.start(Answers::words);
            try (engine;
                    GatewayCluster next = GatewayCluster.start(files.resolve("spool"), settings)) {
                next.serving.put(
                        InMemoryServing.chat("chat", List.of(engine.url())).build());
                Caller caller = new Caller(next.url(), next.identity.addKey(TestIds.KEY, List.of(), Optional.empty()));
                HttpResponse<String> again = caller.with("Idempotency-Key", "answered")
                        .post(ThroughTwoGateways.CHAT, ThroughTwoGateways.HELLO);
                HttpResponse<String> interrupted = caller.with("Idempotency-Key", "running")
                        .post(ThroughTwoGateways.CHAT, ThroughTwoGateways.STREAM);

                assertThat(again.body()).isEqualTo(answered);
                assertThat(again.headers().firstValue("idempotency-replayed")).contains("true");
                assertThat(interrupted.statusCode()).isEqualTo(409);
                assertThat(interrupted.body()).contains("\"code\":\"idempotent_call_interrupted\"", "'running'");
                assertThat(interrupted.headers().firstValue("x-should-retry")).contains("false");
                assertThat(engine.received()).isEmpty();
            }
        }
    }

    @Test
    void nothingIsDoneWithoutThePromise() throws Exception {
        Path password = Files.writeString(files.resolve("password"), "none");
        assertRefused(
                Map.of(
                        "exaone.database.gateway.url",
                        "jdbc:mysql://127.0.0.1:1/nothing",
                        "exaone.database.gateway.user",
                        "nobody",
                        "exaone.database.gateway.password-file",
                        password.toString()),
                503,
                "idempotency_unavailable");
        assertRefused(Map.of(), 400, "idempotency_not_offered");
    }

    private void assertRefused(Map<String, Object> settings, int status, String code) throws Exception {
        StubEngine engine = StubEngine.start(Answers::words);
        try (engine;
                GatewayCluster cluster = GatewayCluster.start(files.resolve(code), settings)) {
            cluster.serving.put(
                    InMemoryServing.chat("chat", List.of(engine.url())).build());
            Caller caller =
                    new Caller(cluster.url(), cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty()));
            HttpResponse<String> refused =
                    caller.with("Idempotency-Key", "k").post(ThroughTwoGateways.CHAT, ThroughTwoGateways.HELLO);

            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
            assertThat(refused.body()).contains("\"code\":\"" + code + "\"");
            assertThat(engine.received()).isEmpty();
            assertThat(caller.post(ThroughTwoGateways.CHAT, ThroughTwoGateways.HELLO)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private String answerAndBeKilled(Map<String, Object> settings) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWhileAnswering.class.getName(),
                files.resolve("spool").toString()));
        settings.forEach((name, value) -> command.add(name + "=" + value));
        Process gateway = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            BufferedReader lines = gateway.inputReader();
            String answered = "";
            for (String line = lines.readLine(); line != null && !line.equals("running"); line = lines.readLine()) {
                if (line.startsWith("answered ")) {
                    answered = line.substring("answered ".length());
                }
            }
            return answered;
        } finally {
            gateway.destroyForcibly();
            assertThat(gateway.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
