package ai.exaone.gateway.batches;

import static ai.exaone.gateway.batches.ThroughBatches.field;
import static ai.exaone.gateway.batches.ThroughBatches.line;
import static ai.exaone.gateway.batches.ThroughBatches.lines;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.KeptFiles;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.proto.quota.v1.LimitKind;
import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.UsageRecord;
import ai.exaone.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and batches through a real gateway with its database, in front of a scripted engine. */
@Tag("server")
class BatchesApiTest {
    @TempDir
    private static Path files;

    private static TestDatabase database;
    private static StubEngine engine;
    private static GatewayCluster cluster;
    private static Caller caller;
    private static ThroughBatches batches;

    @BeforeAll
    static void start() {
        database = TestDatabase.create("gateway");
        engine = StubEngine.start(Answers::words);
        cluster = GatewayCluster.start(files.resolve("spool"), KeptFiles.settings(files, database));
        caller = new Caller(cluster.url(), cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty()));
        batches = new ThroughBatches(caller);
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
        cluster.quota.leave(1_000, LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE);
        cluster.serving.put(InMemoryServing.chat("chat", List.of(engine.url())).build());
    }

    @Test
    void callsEachLineOnceAndSaysWhatItCameTo() throws Exception {
        String id = batches.create(lines(20) + line("wrong", "nothing") + "\n");

        String batch = batches.awaitStatus(id, "completed");

        assertThat(batch)
                .contains(
                        "\"request_counts\":{\"total\":21,\"completed\":20,\"failed\":1}",
                        "\"metadata\":{\"case\":\"7\"}");
        Map<String, String> results = batches.results(field(batch, "output_file_id"));
        assertThat(results).hasSize(20);
        assertThat(results.get("line-7")).contains("\"status_code\":200", "one two three", "\"error\":null");
        assertThat(batches.results(field(batch, "error_file_id")).get("wrong"))
                .contains("\"status_code\":404", "model_not_found");
        assertThat(engine.received()).hasSize(20);
        for (int number = 1; number <= 20; number++) {
            UsageRecord usage = record(id, number);
            assertThat(usage.getOutcome()).isEqualTo(Outcome.OUTCOME_COMPLETED);
            assertThat(usage.getKeyId()).isEqualTo(TestIds.KEY);
            assertThat(usage.getInputTokens()).isEqualTo(7);
        }
    }

    @Test
    void answersResponsesInTheirOwnWords() throws Exception {
        String input =
                "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/responses\",\"body\":{\"model\":\"chat\","
                        + "\"input\":\"hi\",\"store\":false}}\n";
        String id = field(batches.created(batches.upload(input), "/v1/responses"), "id");

        String batch = batches.awaitStatus(id, "completed");

        assertThat(batches.results(field(batch, "output_file_id")).get("a"))
                .contains("\"object\":\"response\"", "one two three");
    }

    @Test
    void saysWhichLinesAreWrongAndCallsNone() throws Exception {
        String id = batches.create(lines(1) + "nonsense\n" + lines(1));

        String batch = batches.awaitStatus(id, "failed");

        assertThat(batch)
                .contains(
                        "\"code\":\"invalid_json_line\"",
                        "\"line\":2",
                        "\"code\":\"duplicate_custom_id\"",
                        "\"line\":3");
        assertThat(engine.received()).isEmpty();
    }

    @Test
    void refusesStreamsLineByLine() throws Exception {
        String id = batches.create(lines(1).replace("\"messages\"", "\"stream\":true,\"messages\""));
        String batch = batches.awaitStatus(id, "completed");
        assertThat(batches.results(field(batch, "error_file_id")).get("line-1"))
                .contains("\"status_code\":400", "\"param\":\"stream\"");
        assertThat(engine.received()).isEmpty();
    }

    @Test
    void waitsWhereALimitRefuses() throws Exception {
        cluster.quota.retryAfter(1);
        cluster.quota.leave(3, LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE);
        String id = batches.create(lines(10));
        batches.await(id, "\"completed\":3,\"failed\":0");

        cluster.quota.leave(1_000, LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE);

        assertThat(batches.awaitStatus(id, "completed"))
                .contains("\"request_counts\":{\"total\":10,\"completed\":10,\"failed\":0}");
        assertThat(engine.received()).hasSize(10);
    }

    @Test
    void triesAgainWhereAnEngineFailsAndGivesUpInTheEnd() throws Exception {
        engine.behave((request, reply) -> {
            if (request.body().contains("line-2\"")) {
                reply.reset();
            }
            Answers.words(request, reply);
        });
        String id = batches.create(lines(3));

        String batch = batches.awaitStatus(id, "completed");

        assertThat(batch).contains("\"request_counts\":{\"total\":3,\"completed\":2,\"failed\":1}");
        assertThat(batches.results(field(batch, "error_file_id"))).containsOnlyKeys("line-2");
    }

    @Test
    void cancellingKeepsWhatIsDone() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        engine.behave((request, reply) -> {
            if (!request.body().contains("line-1\"")) {
                goOn.await();
            }
            Answers.words(request, reply);
        });
        String id = batches.create(lines(100));
        batches.await(id, "\"completed\":1,");
        HttpResponse<String> cancelled = caller.post("/v1/batches/" + id + "/cancel", "");
        assertThat(cancelled.body()).contains("\"status\":\"cancelling\"");
        goOn.countDown();

        String batch = batches.awaitStatus(id, "cancelled");

        Map<String, String> done = batches.results(field(batch, "output_file_id"));
        Map<String, String> left = batches.results(field(batch, "error_file_id"));
        assertThat(done).containsKey("line-1").hasSizeLessThan(100);
        assertThat(left)
                .doesNotContainKeys(done.keySet().toArray(String[]::new))
                .hasSize(100 - done.size());
        assertThat(left.get("line-100")).contains("\"response\":null", "batch_cancelled");
        assertThat(caller.post("/v1/batches/" + id + "/cancel", "").statusCode())
                .isEqualTo(409);
    }

    @Test
    void aRevokedKeyCallsNoMoreLines() throws Exception {
        String key = cluster.identity.addKey("key_00000000000000000000000007", List.of(), Optional.empty());
        ThroughBatches theirs = new ThroughBatches(new Caller(cluster.url(), key));
        CountDownLatch goOn = new CountDownLatch(1);
        engine.behave((request, reply) -> {
            if (!request.body().contains("line-1\"")) {
                goOn.await();
            }
            Answers.words(request, reply);
        });
        String id = theirs.create(lines(50));
        theirs.await(id, "\"completed\":1,");

        cluster.identity.revoke(key);
        goOn.countDown();

        String batch = batches.awaitStatus(id, "completed");
        Map<String, String> errors = batches.results(field(batch, "error_file_id"));
        assertThat(errors).containsKey("line-50");
        assertThat(errors.get("line-50")).contains("invalid_api_key");
        assertThat(engine.received()).hasSizeLessThan(50);
    }

    @Test
    void keepsProjectsApart() throws Exception {
        String file = batches.upload(lines(1));
        String id = field(batches.created(file, ThroughBatches.CHAT), "id");
        Caller stranger = new Caller(
                cluster.url(),
                cluster.identity.addKeyOf(
                        "key_00000000000000000000000008", TestIds.TENANT, "prj_00000000000000000000000002"));

        for (String path : List.of("/v1/files/" + file, "/v1/files/" + file + "/content", "/v1/batches/" + id)) {
            assertThat(stranger.get(path).statusCode()).as(path).isEqualTo(404);
            assertThat(caller.get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(stranger.send("DELETE", "/v1/files/" + file).statusCode()).isEqualTo(404);
        assertThat(stranger.post("/v1/batches/" + id + "/cancel", "").statusCode())
                .isEqualTo(404);
        assertThat(stranger.post("/v1/batches", request(file)).statusCode()).isEqualTo(404);
        assertThat(stranger.get("/v1/files").body()).contains("\"data\":[]");
        assertThat(stranger.get("/v1/batches").body()).contains("\"data\":[]");
        batches.awaitStatus(id, "completed");
    }

    @Test
    void listsReadsAndDeletesFiles() throws Exception {
        String large = "{\"x\":\"" + "y".repeat(3_000_000) + "\"}\n";
        String file = batches.upload(large);
        assertThat(caller.get("/v1/files/" + file + "/content").body()).isEqualTo(large);
        assertThat(caller.get("/v1/files?purpose=batch&limit=1").body())
                .contains(file, "\"filename\":\"in.jsonl\"", "\"bytes\":" + large.length());
        assertThat(caller.send("DELETE", "/v1/files/" + file).body()).contains("\"deleted\":true");
        assertThat(caller.get("/v1/files/" + file).statusCode()).isEqualTo(404);
        assertThat(caller.get("/v1/files/" + file + "/content").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        String file = batches.upload(lines(1));
        for (String wrong : List.of(
                request(file).replace("24h", "1h"),
                request(file).replace(ThroughBatches.CHAT, "/v1/rerank"),
                request(file).replace("{", "{\"nonsense\":1,"),
                request(file).replace("\"endpoint\"", "\"metadata\":{\"a\":1},\"endpoint\""),
                "{}")) {
            assertThat(caller.post("/v1/batches", wrong).statusCode()).as(wrong).isEqualTo(400);
        }
        assertThat(caller.post("/v1/batches", request("file_none")).statusCode())
                .isEqualTo(404);
        assertThat(caller.post("/v1/files", "{}").statusCode()).isEqualTo(400);
        assertThat(caller.get("/v1/batches/cancel").statusCode()).isEqualTo(404);
        assertThat(caller.post("/v1/batches/cancel", "").statusCode()).isEqualTo(405);
    }

    private static String request(String file) {
        return "{\"input_file_id\":\"" + file + "\",\"endpoint\":\"" + ThroughBatches.CHAT
                + "\",\"completion_window\":\"24h\"}";
    }

    private static UsageRecord record(String batchId, int line) {
        String request = LineNames.request(batchId, BatchLine.fresh(line, 0, 1));
        return Awaitility.await()
                .until(() -> cluster.quota.record(request), Optional::isPresent)
                .orElseThrow();
    }
}
