package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.proto.quota.v1.LimitKind;
import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.UsageRecord;
import ai.exaone.proto.serving.v1.ModelCapability;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The public API through a real gateway: what callers see, what engines are sent, and what the books say. */
@Tag("server")
class GatewayTest extends ThroughGateway {

    @Test
    void answersAWholeCompletionAndSettlesWhatTheEngineCounted() throws Exception {
        HttpResponse<String> answer = caller.post("/v1/chat/completions", HELLO);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Answers.chat("one two three"));
        assertThat(answer.headers().firstValue("x-ratelimit-limit-requests")).contains("1000");
        assertThat(answer.headers().firstValue("x-ratelimit-remaining-requests"))
                .contains("999");
        assertThat(answer.headers().firstValue("x-ratelimit-reset-requests")).contains("1m0s");
        UsageRecord usage = recordOf(answer);
        assertThat(usage.getOutcome()).isEqualTo(Outcome.OUTCOME_COMPLETED);
        assertThat(usage.getInputTokens()).isEqualTo(7);
        assertThat(usage.getOutputTokens()).isEqualTo(3);
        assertThat(usage.getEstimated()).isFalse();
        assertThat(usage.getModel()).isEqualTo("chat");
        assertThat(usage.getReplicaId()).isEqualTo("rpl_1");
        assertThat(usage.getTenantId()).isEqualTo(TestIds.TENANT);
        assertThat(Awaitility.await()
                        .until(() -> cluster.quota.settlement(usage.getRequestId()), Optional::isPresent)
                        .orElseThrow()
                        .getUsage()
                        .getOutputTokens())
                .isEqualTo(3);
    }

    @Test
    void streamsAndKeepsTheUsageChunkFromThoseWhoDidNotAsk() throws Exception {
        HttpResponse<String> answer = caller.post("/v1/chat/completions", STREAM);

        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(answer.body())
                .isEqualTo("data: " + Answers.part("one") + "\n\ndata: " + Answers.part(" two") + "\n\ndata: "
                        + Answers.part(" three") + "\n\ndata: " + Answers.finish("stop") + "\n\ndata: [DONE]\n\n");
        assertThat(recordOf(answer).getOutputTokens()).isEqualTo(3);
        assertThat(engine.received().getFirst().body()).contains("\"stream_options\":{\"include_usage\":true}");
    }

    @Test
    void streamsTheUsageChunkToThoseWhoAsk() throws Exception {
        HttpResponse<String> answer = caller.post(
                "/v1/chat/completions",
                STREAM.replace("{\"model\"", "{\"stream_options\":{\"include_usage\":true},\"model\""));

        assertThat(answer.body()).contains("data: " + Answers.usage(7, 3) + "\n\ndata: [DONE]");
    }

    @Test
    void tellsTheEngineWhatItsProfileAsksFor() throws Exception {
        caller.post("/v1/chat/completions", HELLO);

        StubEngine.Received received = engine.received().getFirst();
        assertThat(received.path()).isEqualTo("/v1/chat/completions");
        assertThat(received.headers()).containsEntry("authorization", "Bearer engine-secret");
        assertThat(received.body())
                .isEqualTo("{\"max_tokens\":256,\"chat_template_kwargs\":{\"enable_thinking\":false},"
                        + HELLO.substring(1));
    }

    @Test
    void convertsEmbeddingsForAnEngineThatOnlyKnowsNumbers() throws Exception {
        var route = InMemoryServing.chat("embed", List.of(engine.url()))
                .clearCapabilities()
                .addCapabilities(ModelCapability.MODEL_CAPABILITY_EMBEDDINGS);
        route.getProfileBuilder().setEmbeddingFormats(false);
        cluster.serving.put(route.build());

        HttpResponse<String> answer = caller.post(
                "/v1/embeddings", "{\"model\":\"embed\",\"input\":[\"a\",\"b\"],\"encoding_format\":\"base64\"}");

        assertThat(engine.received().getFirst().body()).contains("\"encoding_format\":\"float\"");
        // 0.5, -1.25 and 2 as little-endian floats.
        assertThat(answer.body()).contains("\"embedding\":\"AAAAPwAAoL8AAABA\"").doesNotContain("-1.25");
        assertThat(recordOf(answer).getInputTokens()).isEqualTo(4);
    }

    @Test
    void listsTheModelsThatAKeyMayCall() throws Exception {
        cluster.serving.put(InMemoryServing.chat("vendor/large", List.of()).build());
        Caller narrow = new Caller(
                cluster.url(),
                cluster.identity.addKey("key_00000000000000000000000002", List.of("vendor/large"), Optional.empty()));

        assertThat(caller.get("/v1/models").body()).contains("\"id\":\"chat\"", "\"id\":\"vendor/large\"");
        assertThat(narrow.get("/v1/models").body()).doesNotContain("\"id\":\"chat\"");
        assertThat(narrow.get("/v1/models/vendor/large").statusCode()).isEqualTo(200);
        assertThat(narrow.get("/v1/models/chat").statusCode()).isEqualTo(404);
    }

    @Test
    void namesWhatIsWrongInOpenAisShape() throws Exception {
        assertError(caller.post("/v1/chat/completions", "{"), 400, "invalid_json", "null");
        assertError(
                caller.post("/v1/chat/completions", "{\"model\":\"chat\"}"),
                400,
                "missing_required_parameter",
                "\"messages\"");
        assertError(
                caller.post("/v1/chat/completions", HELLO.replace("{\"model\"", "{\"temperature\":3,\"model\"")),
                400,
                "invalid_value",
                "\"temperature\"");
        assertError(
                caller.post("/v1/chat/completions", HELLO.replace("{\"model\"", "{\"lora\":[],\"model\"")),
                400,
                "unsupported_parameter",
                "\"lora\"");
        assertError(
                caller.post("/v1/chat/completions", HELLO.replace("chat", "nope")),
                404,
                "model_not_found",
                "\"model\"");
        assertError(
                caller.post("/v1/embeddings", "{\"model\":\"chat\",\"input\":\"x\"}"),
                400,
                "model_capability_missing",
                "\"model\"");
        assertError(caller.post("/v1/nothing", HELLO), 404, "unknown_url", "null");
        assertError(caller.get("/v1/chat/completions"), 405, "method_not_allowed", "null");
        assertError(caller.send("DELETE", "/v1/chat/completions"), 405, "method_not_allowed", "null");
        assertError(
                new Caller(cluster.url(), "exk_wrong").post("/v1/chat/completions", HELLO),
                401,
                "invalid_api_key",
                "null");
        assertError(new Caller(cluster.url(), "").get("/v1/models"), 401, "invalid_api_key", "null");
    }

    @Test
    void recordsWhatItRefusesAfterItKnowsWhoAsks() throws Exception {
        UsageRecord usage = recordOf(caller.post("/v1/chat/completions", HELLO.replace("chat", "nope")));

        assertThat(usage.getOutcome()).isEqualTo(Outcome.OUTCOME_REFUSED);
        assertThat(usage.getReason()).isEqualTo("MODEL_NOT_FOUND");
        assertThat(usage.getStatus()).isEqualTo(404);
    }

    @Test
    void namesTheLimitThatRefuses() throws Exception {
        cluster.quota.leave(0, LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE);
        HttpResponse<String> rate = caller.post("/v1/chat/completions", HELLO);
        cluster.quota.leave(0, LimitKind.LIMIT_KIND_BUDGET_PER_MONTH);
        HttpResponse<String> budget = caller.post("/v1/chat/completions", HELLO);

        assertError(rate, 429, "rate_limit_exceeded", "null");
        assertThat(rate.headers().firstValue("retry-after")).contains("17");
        assertThat(rate.headers().firstValue("x-ratelimit-remaining-requests")).contains("0");
        assertError(budget, 429, "insufficient_quota", "null");
        assertThat(budget.headers().firstValue("x-should-retry")).contains("false");
        assertThat(recordOf(rate).getReason()).isEqualTo("QUOTA_EXCEEDED");
        assertThat(engine.received()).isEmpty();
    }

    @Test
    void refusesWhileLimitsCannotBeChecked() throws Exception {
        cluster.quota.away(true);
        HttpResponse<String> answer = caller.post("/v1/chat/completions", HELLO);

        assertError(answer, 503, "limits_not_verifiable", "null");
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(engine.received()).isEmpty();
    }

    @Test
    void asksAnotherReplicaAsLongAsNothingWasAnswered() throws Exception {
        try (StubEngine dead = StubEngine.start((request, reply) -> reply.reset());
                StubEngine broken = StubEngine.start((request, reply) -> reply.json(500, "{}"))) {
            URI gone = URI.create("http://127.0.0.1:1");
            cluster.serving.put(InMemoryServing.chat("chat", List.of(dead.url(), broken.url(), engine.url()))
                    .build());
            for (int i = 0; i < 10; i++) {
                assertThat(caller.post("/v1/chat/completions", STREAM).body()).endsWith("data: [DONE]\n\n");
            }
            cluster.serving.put(
                    InMemoryServing.chat("chat", List.of(gone, engine.url())).build());
            for (int i = 0; i < 10; i++) {
                assertThat(caller.post("/v1/chat/completions", HELLO).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void saysWhenNoReplicaCanAnswer() throws Exception {
        cluster.serving.put(InMemoryServing.chat("chat", List.of()).build());
        HttpResponse<String> none = caller.post("/v1/chat/completions", HELLO);
        cluster.serving.put(InMemoryServing.chat("chat", List.of(URI.create("http://127.0.0.1:1")))
                .build());
        HttpResponse<String> gone = caller.post("/v1/chat/completions", HELLO);

        assertError(none, 503, "model_unavailable", "null");
        assertError(gone, 503, "model_unavailable", "null");
        assertThat(gone.headers().firstValue("retry-after")).isPresent();
        assertThat(recordOf(gone).getOutcome()).isEqualTo(Outcome.OUTCOME_UPSTREAM_FAILED);
    }

    @Test
    void passesOnWhyTheEngineRefuses() throws Exception {
        engine.behave(
                (request, reply) -> reply.json(400, "{\"error\":{\"code\":400,\"message\":\"too many tokens\"}}"));
        HttpResponse<String> answer = caller.post("/v1/chat/completions", HELLO);

        assertError(answer, 400, "engine_refused_request", "null");
        assertThat(answer.body()).contains("too many tokens");
        assertThat(recordOf(answer).getOutcome()).isEqualTo(Outcome.OUTCOME_REFUSED);
    }

    @Test
    void refusesARevokedKeyAndEndsItsStream() throws Exception {
        String key = cluster.identity.addKey("key_00000000000000000000000003", List.of(), Optional.empty());
        Caller revoked = new Caller(cluster.url(), key);
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(Answers.part("one"));
            reply.awaitReaderGone();
        });
        try (var stream = revoked.open("/v1/chat/completions", STREAM).body()) {
            assertThat(stream.read()).isEqualTo('d');
            cluster.identity.revoke(key);

            assertThat(new String(stream.readAllBytes()))
                    .doesNotContain("[DONE]")
                    .contains("\"code\":\"invalid_api_key\"");
        }
        assertError(revoked.post("/v1/chat/completions", HELLO), 401, "invalid_api_key", "null");
        assertThat(onlyRecord().getOutcome()).isEqualTo(Outcome.OUTCOME_INTERRUPTED);
    }

    @Test
    void refusesAnExpiredKey() throws Exception {
        String expired = cluster.identity.addKey(
                "key_00000000000000000000000004",
                List.of(),
                Optional.of(Instant.now().minusSeconds(1)));

        assertError(new Caller(cluster.url(), expired).get("/v1/models"), 401, "invalid_api_key", "null");
    }

    @Test
    void refusesABodyThatIsTooLong() throws Exception {
        String body = HELLO.replace("hi", "x".repeat(33 << 20));
        HttpResponse<String> answer = caller.post("/v1/chat/completions", body);

        assertError(answer, 413, "request_too_large", "null");
    }

    @Test
    void recordsACallThatWasRunningWhenTheGatewayStopped() throws Exception {
        HttpResponse<String> before = caller.post("/v1/chat/completions", HELLO);
        recordOf(before);
        cluster.restartGateway();
        Caller again = new Caller(cluster.url(), "exk_" + TestIds.KEY);
        HttpResponse<String> after = again.post("/v1/chat/completions", HELLO);

        assertThat(recordOf(after).getOutcome()).isEqualTo(Outcome.OUTCOME_COMPLETED);
        assertThat(cluster.quota.records()).hasSize(2);
    }

    @Test
    void answersHealthAndMetrics() throws Exception {
        caller.post("/v1/chat/completions", HELLO);
        HttpResponse<String> health = caller.get("/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"quota\":\"up\"");
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(caller.get("/metrics").body()).contains("exaone_gateway_calls_seconds_count"));

        cluster.serving.put(InMemoryServing.chat("chat", List.of()).build());
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(caller.get("/health").statusCode()).isEqualTo(503));
    }
}
