package ai.exaone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.RawCaller;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.proto.quota.v1.LimitKind;
import ai.exaone.proto.serving.internal.v1.Route;
import ai.exaone.proto.serving.v1.ModelCapability;
import io.micronaut.web.router.Router;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every answer of the gateway says, on every path and however the request ends. */
@Tag("server")
class EveryAnswerTest {
    private static final String REQUEST_ID = "x-request-id";
    private static final List<String> REMAINING =
            List.of("x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests");
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private static StubEngine engine;
    private static GatewayCluster cluster;
    private static Caller caller;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        String nobody = "http://127.0.0.1:1/auth";
        engine = StubEngine.start(Answers::words);
        cluster = GatewayCluster.start(
                folder.resolve("spool"),
                Map.of("exaone.public-url", "http://127.0.0.1:8080", "exaone.keycloak.internal-url", nobody));
        caller = new Caller(cluster.url(), cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty()));
        Route.Builder chat = InMemoryServing.chat("chat", List.of(engine.url()));
        chat.getProfileBuilder().setCompletions(true);
        cluster.serving.put(chat.build());
        cluster.serving.put(only("order", ModelCapability.MODEL_CAPABILITY_RERANK));
        cluster.serving.put(only("vectors", ModelCapability.MODEL_CAPABILITY_EMBEDDINGS));
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        engine.close();
    }

    @BeforeEach
    void begin() {
        engine.behave(Answers::words);
        cluster.quota.leave(1_000_000, LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE);
    }

    @Test
    void eachOfTheServersRoutesNamesTheRequest() throws Exception {
        Set<String> routes = new TreeSet<>();
        cluster.part(Router.class)
                .uriRoutes()
                .forEach(route -> routes.add(route.getHttpMethodName() + " "
                        + route.getUriMatchTemplate().toPathString().replaceAll("\\{[^}]*}", "nothing")));
        assertThat(routes).contains("GET /health", "GET /metrics", "GET /", "GET /signin", "POST /signout");

        for (String route : routes) {
            String[] parts = route.split(" ");
            assertNamed(route, caller.send(parts[0], parts[1]));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET    | /nothing
                    DELETE | /health
                    OPTIONS| /console/
                    GET    | /v1
                    GET    | /v1/nothing
                    PUT    | /v1/models
                    OPTIONS| /v1/chat/completions
                    HEAD   | /v1/models
                    GET    | /v1/models
                    GET    | /v1/models/chat
                    GET    | /v1/models/nothing
                    GET    | /v1/%zz
                    GET    | /v1/responses/resp_1
                    GET    | /v1/responses/resp_1/input_items
                    DELETE | /v1/responses/resp_1
                    GET    | /v1/files
                    GET    | /v1/files/file_1
                    GET    | /v1/files/file_1/content
                    DELETE | /v1/files/file_1
                    GET    | /v1/batches
                    GET    | /v1/batches/batch_1
                    POST   | /v1/batches/batch_1/cancel
                    GET    | /api/v1/tenants/tnt_1/projects/prj_1/inference/v1/models
                    """)
    void whatAsksNoModelNamesTheRequestAndCountsNothing(String method, String path) throws Exception {
        RawCaller.Answer answer = raw(method, path);

        assertThat(answer.headers().get(REQUEST_ID)).as(path).matches("req_[0-9a-z]{26}");
        assertThat(answer.headers()).doesNotContainKeys(REMAINING.toArray(String[]::new));
    }

    @Test
    void whatIsNoHttpNamesTheRequest() throws Exception {
        for (String path : List.of("/v1/chat/completions", "/console/")) {
            RawCaller.Answer answer = raw("GET", path, "x-long: " + "a".repeat(40_000));

            assertThat(answer.status()).as(path).isBetween(400, 499);
            assertThat(answer.headers().get(REQUEST_ID)).as(path).matches("req_[0-9a-z]{26}");
        }
    }

    @Test
    void eachAnswerOfAModelSaysWhatIsLeft() throws Exception {
        for (Endpoint endpoint : Endpoint.values()) {
            assertLimited(endpoint.path(), 200, caller.post(endpoint.path(), body(endpoint)));
        }
        for (String streamed : List.of("", "\"stream\":true,")) {
            assertLimited(
                    "chat" + streamed,
                    200,
                    caller.post("/v1/chat/completions", "{" + streamed + "\"model\":\"chat\"," + MESSAGES + "}"));
            cluster.agents.answer(
                    true,
                    streamed.isEmpty()
                            ? Answers.chat("hello")
                            : "data: " + Answers.part("hello") + "\n\ndata: [DONE]\n\n");
            assertLimited(
                    "agent" + streamed,
                    200,
                    caller.post(
                            "/v1/chat/completions", "{" + streamed + "\"model\":\"agent/clerk\"," + MESSAGES + "}"));
            assertLimited(
                    "responses" + streamed,
                    200,
                    caller.post(
                            "/v1/responses", "{" + streamed + "\"store\":false,\"model\":\"chat\",\"input\":\"hi\"}"));
            assertLimited(
                    "messages" + streamed,
                    200,
                    caller.post(
                            "/v1/messages", "{" + streamed + "\"max_tokens\":9,\"model\":\"chat\"," + MESSAGES + "}"));
        }
    }

    @Test
    void whatFailsBehindTheLimitsSaysWhatIsLeft() throws Exception {
        engine.behave((request, reply) -> reply.json(400, "{\"error\":{\"message\":\"too long\"}}"));
        assertEverywhere(400);
        engine.behave((request, reply) -> reply.json(500, "{}"));
        assertEverywhere(503);
        cluster.quota.leave(0, LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE);
        assertEverywhere(429);
    }

    @Test
    void whatIsRefusedBeforeTheLimitsNamesTheRequest() throws Exception {
        Caller stranger = new Caller(cluster.url(), "exk_nobody");
        for (String path : paths()) {
            assertNamed(path, 401, stranger.post(path, "{}"));
            assertNamed(path, 400, caller.post(path, "{"));
            assertNamed(path, 400, caller.post(path, "{}"));
        }
    }

    private static void assertEverywhere(int status) throws Exception {
        for (Endpoint endpoint : Endpoint.values()) {
            assertLimited(endpoint.path(), status, caller.post(endpoint.path(), body(endpoint)));
        }
        assertLimited(
                "responses",
                status,
                caller.post("/v1/responses", "{\"store\":false,\"model\":\"chat\",\"input\":\"hi\"}"));
        assertLimited(
                "messages",
                status,
                caller.post("/v1/messages", "{\"max_tokens\":9,\"model\":\"chat\"," + MESSAGES + "}"));
    }

    private static List<String> paths() {
        List<String> paths = new ArrayList<>(
                Arrays.stream(Endpoint.values()).map(Endpoint::path).toList());
        paths.addAll(List.of("/v1/responses", "/v1/messages", "/v1/messages/count_tokens"));
        return paths;
    }

    private static String body(Endpoint endpoint) {
        return switch (endpoint) {
            case CHAT_COMPLETIONS -> "{\"model\":\"chat\"," + MESSAGES + "}";
            case COMPLETIONS -> "{\"model\":\"chat\",\"prompt\":\"hi\"}";
            case EMBEDDINGS -> "{\"model\":\"vectors\",\"input\":\"hi\"}";
            case RERANK -> "{\"model\":\"order\",\"query\":\"hi\",\"documents\":[\"ho\"]}";
        };
    }

    private static Route only(String model, ModelCapability capability) {
        Route.Builder route = InMemoryServing.chat(model, List.of(engine.url()))
                .clearCapabilities()
                .addCapabilities(capability);
        route.getProfileBuilder().setRerank(true);
        return route.build();
    }

    private static RawCaller.Answer raw(String method, String path, String... headers) throws Exception {
        try (RawCaller raw = new RawCaller(cluster.url(), "exk_" + TestIds.KEY)) {
            raw.send(raw.head(method, path, headers) + "\r\n");
            return method.equals("HEAD") ? raw.head() : raw.answer();
        }
    }

    private static void assertNamed(String what, HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue(REQUEST_ID))
                .as(what)
                .hasValueSatisfying(id -> assertThat(id).matches("req_[0-9a-z]{26}"));
    }

    private static void assertNamed(String what, int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(what + ": " + answer.body()).isEqualTo(status);
        assertNamed(what, answer);
    }

    private static void assertLimited(String what, int status, HttpResponse<String> answer) {
        assertNamed(what, status, answer);
        assertThat(answer.headers().map().keySet()).as(what).containsAll(REMAINING);
        assertThat(answer.headers().firstValue("x-exaone-overhead-ms"))
                .as(what)
                .hasValueSatisfying(millis -> assertThat(millis).matches("[0-9]+\\.[0-9]{3}"));
    }
}
