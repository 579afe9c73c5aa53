package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.UsageRecord;
import ai.exaone.proto.serving.internal.v1.Route;
import ai.exaone.proto.serving.internal.v1.ThinkingDefault;
import ai.exaone.proto.serving.internal.v1.TokenCounter;
import ai.exaone.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Responses and messages through a real gateway with its database, in front of a scripted engine. */
@Tag("server")
class TranslatedApisTest {
    private static final String RESPONSE = "{\"model\":\"chat\",\"input\":\"hi\"}";
    private static final String MESSAGE =
            "{\"model\":\"chat\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final Pattern ID = Pattern.compile("\"id\":\"(resp_[^\"]+)\"");

    @TempDir
    static Path files;

    private static TestDatabase database;
    private static StubEngine engine;
    private static GatewayCluster cluster;
    private static Caller caller;

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
        cluster.serving.put(InMemoryServing.chat("chat", List.of(engine.url())).build());
    }

    @Test
    void answersAResponseKeepsItAndCountsItOnce() throws Exception {
        HttpResponse<String> answer = caller.post("/v1/responses", RESPONSE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String id = id(answer);
        UsageRecord usage = recordOf(answer);
        int records = cluster.quota.records().size();

        HttpResponse<String> read = caller.get("/v1/responses/" + id);
        HttpResponse<String> items = caller.get("/v1/responses/" + id + "/input_items?limit=1");

        assertThat(answer.body()).contains("\"text\":\"one two three\"", "\"input_tokens\":7", "\"store\":true");
        assertThat(answer.headers().firstValue("x-ratelimit-limit-requests")).isPresent();
        assertThat(usage.getPath()).isEqualTo("/v1/responses");
        assertThat(usage.getInputTokens()).isEqualTo(7);
        assertThat(read.body()).isEqualTo(answer.body());
        assertThat(items.body()).contains("\"text\":\"hi\"", "\"has_more\":false");
        assertThat(cluster.quota.records()).hasSize(records);
        assertThat(engine.received()).hasSize(1);
    }

    @Test
    void goesOnFromAResponse() throws Exception {
        String first = id(caller.post("/v1/responses", "{\"instructions\":\"Sing\"," + RESPONSE.substring(1)));
        HttpResponse<String> answer = caller.post(
                "/v1/responses", "{\"model\":\"chat\",\"input\":\"more\",\"previous_response_id\":\"" + first + "\"}");

        assertThat(answer.body()).contains("\"previous_response_id\":\"" + first + "\"");
        assertThat(engine.received().getLast().body())
                .contains(
                        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
                                + "{\"role\":\"assistant\",\"content\":\"one two three\"},{\"role\":\"user\",\"content\":\"more\"}]");
    }

    @Test
    void forgetsAResponseThatIsDeleted() throws Exception {
        String id = id(caller.post("/v1/responses", RESPONSE));
        HttpResponse<String> deleted = caller.send("DELETE", "/v1/responses/" + id);

        assertThat(deleted.body()).isEqualTo("{\"id\":\"" + id + "\",\"object\":\"response\",\"deleted\":true}");
        assertNotFound(caller.get("/v1/responses/" + id));
        assertNotFound(caller.send("DELETE", "/v1/responses/" + id));
        assertNotFound(caller.post(
                "/v1/responses", "{\"model\":\"chat\",\"input\":\"x\",\"previous_response_id\":\"" + id + "\"}"));
    }

    @Test
    void givesAResponseToItsOwnProjectOnly() throws Exception {
        String id = id(caller.post("/v1/responses", RESPONSE));
        List<String> strangers = List.of(
                cluster.identity.addKeyOf(
                        "key_00000000000000000000000008", TestIds.TENANT, "prj_00000000000000000000000002"),
                cluster.identity.addKeyOf(
                        "key_00000000000000000000000009", "tnt_00000000000000000000000002", TestIds.PROJECT));

        for (String key : strangers) {
            Caller stranger = new Caller(cluster.url(), key);
            assertNotFound(stranger.get("/v1/responses/" + id));
            assertNotFound(stranger.get("/v1/responses/" + id + "/input_items"));
            assertNotFound(stranger.send("DELETE", "/v1/responses/" + id));
            assertNotFound(stranger.post(
                    "/v1/responses", "{\"model\":\"chat\",\"input\":\"x\",\"previous_response_id\":\"" + id + "\"}"));
        }
        assertThat(caller.get("/v1/responses/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void keepsNothingThatIsNotToBeKept() throws Exception {
        HttpResponse<String> answer = caller.post("/v1/responses", "{\"store\":false," + RESPONSE.substring(1));

        assertThat(answer.body()).contains("\"store\":false");
        assertNotFound(caller.get("/v1/responses/" + id(answer)));
    }

    @Test
    void streamsAResponse() throws Exception {
        HttpResponse<String> answer = caller.post("/v1/responses", "{\"stream\":true," + RESPONSE.substring(1));

        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(answer.body())
                .startsWith("event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,")
                .contains("\"delta\":\" two\"", "event: response.completed", "\"output_tokens\":3")
                .doesNotContain("[DONE]");
        assertThat(recordOf(answer).getOutputTokens()).isEqualTo(3);
        assertThat(caller.get("/v1/responses/" + id(answer)).body()).contains("\"text\":\"one two three\"");
    }

    @Test
    void endsStreamsThatBreakInTheirOwnWords() throws Exception {
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(Answers.part("one"));
            reply.reset();
        });
        HttpResponse<String> response = caller.post("/v1/responses", "{\"stream\":true," + RESPONSE.substring(1));
        // A connection whose answer broke off is closed.
        HttpResponse<String> message = new Caller(cluster.url(), "exk_" + TestIds.KEY)
                .post("/v1/messages", "{\"stream\":true," + MESSAGE.substring(1));

        assertThat(response.body())
                .contains("event: response.failed", "\"code\":\"answer_cut\"")
                .doesNotContain("response.completed");
        assertThat(message.body())
                .contains("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"")
                .doesNotContain("message_stop");
        assertThat(recordOf(message).getOutcome()).isEqualTo(Outcome.OUTCOME_UPSTREAM_FAILED);
    }

    @Test
    void recordsARequestThatCannotBeTranslated() throws Exception {
        HttpResponse<String> answer = caller.post("/v1/responses", "{\"background\":true," + RESPONSE.substring(1));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"param\":\"background\"", "\"code\":\"unsupported_parameter\"");
        assertThat(recordOf(answer).getOutcome()).isEqualTo(Outcome.OUTCOME_REFUSED);
        assertThat(engine.received()).isEmpty();
    }

    @Test
    void answersAMessage() throws Exception {
        HttpResponse<String> answer = caller.post("/v1/messages", MESSAGE);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("{\"id\":\"msg_")
                .contains("\"content\":[{\"type\":\"text\",\"text\":\"one two three\"}],\"stop_reason\":\"end_turn\"");
        assertThat(answer.headers().firstValue("request-id"))
                .isEqualTo(answer.headers().firstValue("x-request-id"));
        assertThat(recordOf(answer).getPath()).isEqualTo("/v1/messages");
        assertThat(recordOf(answer).getOutputTokens()).isEqualTo(3);
    }

    @Test
    void translatesAnAnswerThatComesInPieces() throws Exception {
        String content = "word ".repeat(120_000);
        engine.behave((request, reply) -> reply.json(200, Answers.chat(content)));

        HttpResponse<String> message = caller.post("/v1/messages", MESSAGE);
        HttpResponse<String> response = caller.post("/v1/responses", RESPONSE);

        assertThat(message.body())
                .startsWith("{\"id\":\"msg_")
                .contains(content)
                .contains("\"output_tokens\":3");
        assertThat(response.body()).contains(content);
        assertThat(caller.get("/v1/responses/" + id(response)).body()).isEqualTo(response.body());
    }

    @Test
    void answersForAgentsToo() throws Exception {
        cluster.agents.answer(true, Answers.chat("from an agent"));
        HttpResponse<String> message = caller.post("/v1/messages", MESSAGE.replace("\"chat\"", "\"agent/clerk\""));
        String stream =
                "data: " + Answers.part("from") + "\n\ndata: " + Answers.part(" an agent") + "\n\ndata: [DONE]\n\n";
        cluster.agents.answer(true, stream.substring(0, 50), stream.substring(50));
        HttpResponse<String> response = caller.post(
                "/v1/responses", "{\"stream\":true," + RESPONSE.substring(1).replace("\"chat\"", "\"agent/clerk\""));

        assertThat(message.body()).contains("{\"type\":\"text\",\"text\":\"from an agent\"}");
        assertThat(response.body()).contains("event: response.completed", "\"text\":\"from an agent\"");
        assertThat(engine.received()).isEmpty();
    }

    @Test
    void streamsAMessage() throws Exception {
        String events = caller.post("/v1/messages", "{\"stream\":true," + MESSAGE.substring(1))
                .body();

        assertThat(events.lines().filter(line -> line.startsWith("event: ")).distinct())
                .containsExactly(
                        "event: message_start",
                        "event: ping",
                        "event: content_block_start",
                        "event: content_block_delta",
                        "event: content_block_stop",
                        "event: message_delta",
                        "event: message_stop");
        assertThat(events).contains("\"input_tokens\":7").doesNotContain("[DONE]");
    }

    @Test
    void failsInAnthropicsWordsOnItsPaths() throws Exception {
        HttpResponse<String> missing = caller.post("/v1/messages", MESSAGE.replace("\"max_tokens\":9,", ""));
        HttpResponse<String> unknown = caller.post("/v1/messages", MESSAGE.replace("chat", "nope"));
        HttpResponse<String> stranger = new Caller(cluster.url(), "exk_wrong").post("/v1/messages", MESSAGE);
        HttpResponse<String> method = caller.get("/v1/messages");

        assertFailure(missing, 400, "invalid_request_error");
        assertThat(missing.body()).contains("max_tokens");
        assertFailure(unknown, 404, "not_found_error");
        assertFailure(stranger, 401, "authentication_error");
        assertFailure(method, 405, "invalid_request_error");
    }

    @Test
    void takesAKeyWhereAnthropicsClientsSendIt() throws Exception {
        HttpResponse<String> answer =
                new Caller(cluster.url(), "exk_" + TestIds.KEY, "x-api-key", "").post("/v1/messages", MESSAGE);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void countsTokensWithTheEnginesTokenizer() throws Exception {
        count(TokenCounter.TOKEN_COUNTER_LLAMA_CPP);
        engine.behave((request, reply) -> reply.json(
                200,
                request.path().equals("/apply-template") ? "{\"prompt\":\"<user>hi\"}" : "{\"tokens\":[1,2,3,4,5]}"));
        HttpResponse<String> llama = caller.post("/v1/messages/count_tokens", MESSAGE);
        assertThat(engine.received().getFirst().body())
                .contains("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]", "\"enable_thinking\":false");
        assertThat(engine.received().getLast().body()).contains("\"content\":\"<user>hi\"");
        count(TokenCounter.TOKEN_COUNTER_VLLM);
        engine.behave((request, reply) -> reply.json(200, "{\"count\":12,\"max_model_len\":4096,\"tokens\":[]}"));
        HttpResponse<String> vllm = caller.post("/v1/messages/count_tokens", MESSAGE);

        assertThat(llama.body()).isEqualTo("{\"input_tokens\":5}");
        assertThat(llama.headers().firstValue("x-exaone-token-count")).contains("exact");
        assertThat(vllm.body()).isEqualTo("{\"input_tokens\":12}");
    }

    @Test
    void estimatesTokensWhereTheEngineCannotCount() throws Exception {
        HttpResponse<String> unknown = caller.post("/v1/messages/count_tokens", MESSAGE);
        count(TokenCounter.TOKEN_COUNTER_VLLM);
        engine.behave((request, reply) -> reply.json(500, "{}"));
        HttpResponse<String> failing = caller.post("/v1/messages/count_tokens", MESSAGE);

        for (HttpResponse<String> answer : List.of(unknown, failing)) {
            assertThat(answer.body()).matches("\\{\"input_tokens\":[1-9][0-9]*}");
            assertThat(answer.headers().firstValue("x-exaone-token-count")).contains("estimated");
        }
    }

    @Test
    void saysThoughtsApart() throws Exception {
        Route.Builder route = InMemoryServing.chat("chat", List.of(engine.url()));
        route.getProfileBuilder()
                .setThinking(ThinkingDefault.THINKING_DEFAULT_ON)
                .setReasoningField("reasoning");
        cluster.serving.put(route.build());
        engine.behave((request, reply) -> reply.json(
                200,
                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Yes\",\"reasoning\":\"Hm.\"},"
                        + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":10}}"));

        assertThat(caller.post("/v1/messages", MESSAGE).body())
                .contains(
                        "{\"type\":\"thinking\",\"thinking\":\"Hm.\",\"signature\":\"\"},{\"type\":\"text\",\"text\":\"Yes\"}");
        HttpResponse<String> response = caller.post("/v1/responses", RESPONSE);
        assertThat(response.body())
                .contains("{\"type\":\"reasoning_text\",\"text\":\"Hm.\"}", "\"reasoning_tokens\":5");
        assertThat(recordOf(response).getReasoningTokens()).isEqualTo(5);
        assertThat(recordOf(response).getOutputTokens()).isEqualTo(10);
    }

    @Test
    void countsThoughtsOfAStreamApart() throws Exception {
        Route.Builder route = InMemoryServing.chat("chat", List.of(engine.url()));
        route.getProfileBuilder().setThinking(ThinkingDefault.THINKING_DEFAULT_ON);
        cluster.serving.put(route.build());
        engine.behave((request, reply) -> {
            reply.beginStream();
            for (String thought : List.of("Hm", " so", "?")) {
                reply.event("{\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"" + thought + "\"}}]}");
            }
            reply.event(Answers.part("Yes"));
            reply.event(Answers.usage(7, 8));
            reply.event("[DONE]");
            reply.endStream();
        });

        HttpResponse<String> answer = caller.post(
                "/v1/chat/completions",
                "{\"model\":\"chat\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        assertThat(answer.body()).contains("\"reasoning_content\":\" so\"");
        assertThat(recordOf(answer).getOutputTokens()).isEqualTo(8);
        assertThat(recordOf(answer).getReasoningTokens()).isEqualTo(6);
    }

    private static void count(TokenCounter counter) {
        Route.Builder route = InMemoryServing.chat("chat", List.of(engine.url()));
        route.getProfileBuilder().setTokenCounter(counter);
        cluster.serving.put(route.build());
    }

    private static String id(HttpResponse<String> answer) {
        Matcher id = ID.matcher(answer.body());
        assertThat(id.find()).as(answer.body()).isTrue();
        return id.group(1);
    }

    private static UsageRecord recordOf(HttpResponse<?> answer) {
        String id = answer.headers().firstValue("x-request-id").orElseThrow();
        return Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> cluster.quota.record(id), Optional::isPresent)
                .orElseThrow();
    }

    private static void assertNotFound(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"response_not_found\"");
    }

    private static void assertFailure(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).startsWith("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\"");
        assertThat(answer.headers().firstValue("request-id")).isPresent();
    }
}
