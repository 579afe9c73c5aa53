package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.proto.serving.internal.v1.Route;
import ai.exaone.proto.serving.internal.v1.TokenCounter;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Anthropic's messages through a real gateway. */
@Tag("server")
class MessagesApiTest extends ThroughTranslation {
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
    void saysAtTheEndOfAStreamWhatItCosts() throws Exception {
        cluster.quota.price(1_000);
        String events = caller.post("/v1/messages", "{\"stream\":true," + MESSAGE.substring(1))
                .body();

        assertThat(events.lines().filter(line -> line.contains("cost_krw")))
                .singleElement()
                .asString()
                .startsWith("data: {\"type\":\"message_delta\",")
                .endsWith("\"output_tokens\":3,\"cost_krw\":\"0.01\"}}");
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

    private static void count(TokenCounter counter) {
        Route.Builder route = InMemoryServing.chat("chat", List.of(engine.url()));
        route.getProfileBuilder().setTokenCounter(counter);
        cluster.serving.put(route.build());
    }

    private static void assertFailure(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).startsWith("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\"");
        assertThat(answer.headers().firstValue("request-id")).isPresent();
    }
}
