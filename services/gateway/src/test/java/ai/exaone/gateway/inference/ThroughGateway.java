package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.proto.quota.v1.UsageRecord;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real gateway in front of a scripted engine, with working services around it; each test has its own. */
abstract class ThroughGateway {
    static final String HELLO = "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    static final String STREAM =
            "{\"model\":\"chat\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @TempDir
    static Path spool;

    StubEngine engine;
    GatewayCluster cluster;
    String key;
    Caller caller;

    @BeforeEach
    void start() {
        engine = StubEngine.start(Answers::words);
        cluster = GatewayCluster.start(spool.resolve("spool-" + System.nanoTime()));
        cluster.serving.put(InMemoryServing.chat("chat", List.of(engine.url())).build());
        key = cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty());
        caller = new Caller(cluster.url(), key);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        engine.close();
    }

    UsageRecord recordOf(HttpResponse<?> answer) {
        String id = answer.headers().firstValue("x-request-id").orElseThrow();
        return Awaitility.await()
                .until(() -> cluster.quota.record(id), Optional::isPresent)
                .orElseThrow();
    }

    UsageRecord onlyRecord() {
        Awaitility.await().until(() -> cluster.quota.records().size() == 1);
        return cluster.quota.records().getFirst();
    }

    static void assertError(HttpResponse<String> answer, int status, String code, String parameter) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body())
                .startsWith("{\"error\":{\"message\":\"")
                .contains("\"param\":" + parameter, "\"code\":\"" + code + "\"");
        assertThat(answer.headers().firstValue("x-request-id").orElse("")).startsWith("req_");
    }
}
