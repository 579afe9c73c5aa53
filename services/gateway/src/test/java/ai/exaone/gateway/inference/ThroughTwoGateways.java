package ai.exaone.gateway.inference;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.KeptFiles;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.proto.quota.v1.UsageRecord;
import ai.exaone.proto.serving.internal.v1.Route;
import ai.exaone.proto.serving.v1.ModelCapability;
import ai.exaone.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two real gateways with one real database, in front of one scripted engine; each among services of its own. */
abstract class ThroughTwoGateways {
    static final String HELLO = "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    static final String STREAM =
            "{\"model\":\"chat\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    static final String CHAT = "/v1/chat/completions";
    static final String REPLAYED = "idempotency-replayed";

    @TempDir
    static Path files;

    static TestDatabase database;
    static StubEngine engine;
    static GatewayCluster here;
    static GatewayCluster there;

    String key = "";

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create("gateway");
        engine = StubEngine.start(Answers::words);
        here = cluster("here");
        there = cluster("there");
    }

    @AfterAll
    static void stop() throws Exception {
        here.close();
        there.close();
        engine.close();
        database.close();
    }

    @BeforeEach
    void begin() {
        engine.behave(Answers::words);
        engine.received().clear();
        key = UUID.randomUUID().toString();
    }

    static GatewayCluster cluster(String name) {
        GatewayCluster cluster = GatewayCluster.start(files.resolve(name), settings(database, files));
        cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty());
        Route.Builder chat = InMemoryServing.chat("chat", List.of(engine.url()));
        chat.getProfileBuilder().setCompletions(true);
        cluster.serving.put(chat.build());
        cluster.serving.put(only("order", ModelCapability.MODEL_CAPABILITY_RERANK));
        cluster.serving.put(only("vectors", ModelCapability.MODEL_CAPABILITY_EMBEDDINGS));
        return cluster;
    }

    private static Route only(String model, ModelCapability capability) {
        Route.Builder route = InMemoryServing.chat(model, List.of(engine.url()))
                .clearCapabilities()
                .addCapabilities(capability);
        route.getProfileBuilder().setRerank(true);
        return route.build();
    }

    static Map<String, Object> settings(TestDatabase database, Path files) {
        Map<String, Object> settings = KeptFiles.settings(files, database);
        settings.put("exaone.gateway.idempotency.lease", "3s");
        settings.put("exaone.gateway.idempotency.longest-wait", "20s");
        settings.put("exaone.gateway.idempotency.largest-result-bytes", 100_000);
        return settings;
    }

    Caller caller(GatewayCluster gateway) {
        return plain(gateway).with("Idempotency-Key", key);
    }

    static Caller plain(GatewayCluster gateway) {
        return new Caller(gateway.url(), "exk_" + TestIds.KEY);
    }

    /** What was recorded of a request, at either. */
    static Optional<UsageRecord> recordOf(String requestId) {
        return here.quota.record(requestId).or(() -> there.quota.record(requestId));
    }
}
