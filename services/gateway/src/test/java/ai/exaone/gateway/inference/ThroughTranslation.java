package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.proto.quota.v1.UsageRecord;
import ai.exaone.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real gateway with its database, in front of a scripted engine, for the APIs that are translated. */
abstract class ThroughTranslation {
    static final String RESPONSE = "{\"model\":\"chat\",\"input\":\"hi\"}";
    static final String MESSAGE =
            "{\"model\":\"chat\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final Pattern ID = Pattern.compile("\"id\":\"(resp_[^\"]+)\"");

    @TempDir
    static Path files;

    static TestDatabase database;
    static StubEngine engine;
    static GatewayCluster cluster;
    static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create("gateway");
        Path password =
                Files.writeString(files.resolve("password"), database.config().password());
        engine = StubEngine.start(Answers::words);
        cluster = GatewayCluster.start(
                files.resolve("spool"),
                Map.of(
                        "exaone.database.gateway.url", database.config().url(),
                        "exaone.database.gateway.user", database.config().user(),
                        "exaone.database.gateway.password-file", password.toString()));
        caller = new Caller(cluster.url(), cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty()));
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        engine.close();
        database.close();
    }

    @BeforeEach
    void begin() {
        engine.behave(Answers::words);
        engine.received().clear();
        cluster.quota.price(0);
        cluster.serving.put(InMemoryServing.chat("chat", List.of(engine.url())).build());
    }

    static String id(HttpResponse<String> answer) {
        Matcher id = ID.matcher(answer.body());
        assertThat(id.find()).as(answer.body()).isTrue();
        return id.group(1);
    }

    static UsageRecord recordOf(HttpResponse<?> answer) {
        String id = answer.headers().firstValue("x-request-id").orElseThrow();
        return Awaitility.await()
                .until(() -> cluster.quota.record(id), Optional::isPresent)
                .orElseThrow();
    }
}
