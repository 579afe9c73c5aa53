package ai.exaone.gateway.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.Leaks;
import ai.exaone.gateway.fakes.RawCaller;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.gateway.idempotency.KeptCalls;
import ai.exaone.gateway.inference.Operations;
import ai.exaone.gateway.relay.RelayConfig;
import ai.exaone.ids.IdGenerator;
import ai.exaone.proto.quota.v1.UsageRecord;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real gateway warms up: nothing that anybody can see of it is left, and nobody else gets in where it does. */
@Tag("server")
class WarmGatewayTest {
    private static final String HELLO = "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final int CALLS = 100;

    @TempDir
    Path spool;

    private StubEngine engine;
    private GatewayCluster cluster;
    private String key;

    @BeforeEach
    void start() {
        engine = StubEngine.start(Answers::words);
        cluster = GatewayCluster.start(spool, Map.of("exaone.gateway.start.warm-up", "1s"));
        cluster.serving.put(InMemoryServing.chat("chat", List.of(engine.url())).build());
        key = cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty());
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        engine.close();
    }

    @Test
    void callsItselfAndLeavesNothingInTheBooks() throws Exception {
        try (WarmPath path = path();
                WarmCaller caller = path.caller()) {
            for (int call = 0; call < CALLS; call++) {
                caller.call(call);
            }
            assertThat(spooled()).doesNotContain("warm-up");
            assertThat(cluster.identity.exchanges()).isZero();
            assertThat(cluster.quota.holds()).isEmpty();
            assertThat(cluster.part(PrometheusMeterRegistry.class).scrape()).doesNotContain("warm-up");
        }

        var answer = new Caller(cluster.url(), key).post("/v1/chat/completions", HELLO);

        assertThat(answer.statusCode()).isEqualTo(200);
        Awaitility.await().until(() -> !cluster.quota.records().isEmpty());
        assertThat(cluster.quota.records()).extracting(UsageRecord::getModel).containsExactly("chat");
        assertThat(cluster.part(PrometheusMeterRegistry.class)
                        .find("exaone.gateway.calls")
                        .timers())
                .extracting(Timer::count)
                .containsExactly(1L);
        assertThat(engine.received()).hasSize(1);
        assertThat(Leaks.found()).isEmpty();
    }

    @Test
    void letsNobodyElseInAndIsGoneAfterwards() throws Exception {
        URI door;
        try (WarmPath path = path()) {
            door = URI.create("http://127.0.0.1:" + path.address().getPort());
            assertThat(path.address().getAddress().isLoopbackAddress()).isTrue();
            try (RawCaller stranger = new RawCaller(door, key)) {
                assertThat(stranger.send(stranger.chat(HELLO)).answer().status())
                        .isEqualTo(401);
            }
            try (RawCaller person = new RawCaller(door, key)) {
                String target =
                        "/api/v1/tenants/" + TestIds.TENANT + "/projects/" + TestIds.PROJECT + "/inference/v1/models";
                assertThat(person.send(person.head("GET", target) + "\r\n")
                                .answer()
                                .status())
                        .isEqualTo(401);
            }
            try (WarmCaller caller = path.caller()) {
                caller.call(0);
            }
        }

        assertThatThrownBy(() -> new RawCaller(door, key)).isInstanceOf(ConnectException.class);
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("warm-up")));
    }

    private WarmPath path() throws IOException {
        return new WarmPath(
                Clock.systemUTC(),
                cluster.part(IdGenerator.class),
                RelayConfig.DEFAULTS,
                cluster.part(Operations.class),
                cluster.part(KeptCalls.class));
    }

    /** All that is written in the gateway's own spool. */
    private String spooled() throws IOException {
        StringBuilder written = new StringBuilder();
        try (var files = Files.walk(spool)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                written.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return written.toString();
    }
}
