package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.proto.quota.v1.UsageRecord;
import ai.exaone.proto.serving.internal.v1.Route;
import ai.exaone.proto.serving.internal.v1.ThinkingDefault;
import ai.exaone.proto.serving.v1.ModelCapability;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Text completions, reranking and the switch of thinking, through a real gateway. */
@Tag("server")
class EndpointsTest extends ThroughGateway {
    private static final String PROMPT = "{\"model\":\"chat\",\"prompt\":\"Once\"}";
    private static final String RERANK =
            "{\"model\":\"order\",\"query\":\"leave\",\"documents\":[\"How to ask for leave\",{\"text\":\"Lunch\"}],\"top_n\":1}";
    private static final String COMPLETION =
            "{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1,\"model\":\"chat\",\"choices\":[{\"index\":0,"
                    + "\"text\":\" upon\",\"logprobs\":null,\"finish_reason\":\"length\"}],"
                    + "\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":1,\"total_tokens\":3}}";

    @Test
    void completesText() throws Exception {
        offerCompletions();
        engine.behave((request, reply) -> reply.json(200, COMPLETION));

        HttpResponse<String> answer = caller.post("/v1/completions", PROMPT);

        assertThat(answer.body()).isEqualTo(COMPLETION);
        assertThat(engine.received().getFirst().path()).isEqualTo("/v1/completions");
        // The model's own limit, and no switch of a chat's template.
        assertThat(engine.received().getFirst().body()).isEqualTo("{\"max_tokens\":256," + PROMPT.substring(1));
        assertThat(recordOf(answer).getOutputTokens()).isEqualTo(1);
        assertThat(recordOf(answer).getPath()).isEqualTo("/v1/completions");
    }

    @Test
    void streamsACompletion() throws Exception {
        offerCompletions();
        String part =
                "{\"object\":\"text_completion\",\"choices\":[{\"index\":0,\"text\":\" upon\",\"finish_reason\":null}]}";
        String usage = "{\"choices\":[],\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":5,\"total_tokens\":7}}";
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(part);
            reply.event(usage);
            reply.event("[DONE]");
            reply.endStream();
        });

        HttpResponse<String> answer = caller.post("/v1/completions", "{\"stream\":true," + PROMPT.substring(1));

        assertThat(answer.body()).isEqualTo("data: " + part + "\n\ndata: [DONE]\n\n");
        assertThat(engine.received().getFirst().body()).contains("\"stream_options\":{\"include_usage\":true}");
        assertThat(recordOf(answer).getOutputTokens()).isEqualTo(5);
    }

    @Test
    void holdsEachAnswerToEachPrompt() throws Exception {
        offerCompletions();
        engine.behave((request, reply) -> reply.json(200, COMPLETION));

        HttpResponse<String> answer = caller.post(
                "/v1/completions",
                "{\"model\":\"chat\",\"prompt\":[\"a\",\"b\",\"c\"],\"n\":2,\"best_of\":4,\"max_tokens\":10}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(cluster.quota.holds().getFirst().getOutputTokens()).isEqualTo(3 * 4 * 10);
    }

    @Test
    void saysWhichModelDoesNotAnswerWhichPath() throws Exception {
        HttpResponse<String> text = caller.post("/v1/completions", PROMPT);
        HttpResponse<String> order = caller.post("/v1/rerank", RERANK.replace("order", "chat"));

        assertError(text, 400, "model_capability_missing", "\"model\"");
        assertThat(text.body()).contains("The model 'chat' does not answer /v1/completions.");
        assertError(order, 400, "model_capability_missing", "\"model\"");
        assertThat(order.body()).contains("The model 'chat' does not answer /v1/rerank.");
        assertThat(engine.received()).isEmpty();
    }

    @Test
    void ordersDocumentsAsEnginesAnswer() throws Exception {
        offerReranking();
        // As vLLM answers, and as llama.cpp does.
        String vllm =
                "{\"id\":\"rerank-1\",\"model\":\"order\",\"usage\":{\"prompt_tokens\":9,\"total_tokens\":9},\"results\":["
                        + "{\"index\":0,\"document\":{\"text\":\"How to ask for leave\",\"multi_modal\":null},\"relevance_score\":0.99}]}";
        String llama = "{\"model\":\"order\",\"object\":\"list\",\"usage\":{\"total_tokens\":11},"
                + "\"results\":[{\"index\":0,\"relevance_score\":2.5}]}";
        engine.behave((request, reply) -> reply.json(200, vllm));
        HttpResponse<String> first = caller.post("/v1/rerank", RERANK);
        engine.behave((request, reply) -> reply.json(200, llama));
        HttpResponse<String> second = caller.post("/v1/rerank", RERANK);

        assertThat(first.body()).isEqualTo(vllm);
        assertThat(second.body()).isEqualTo(llama);
        assertThat(engine.received().getFirst().body()).isEqualTo(RERANK);
        UsageRecord usage = recordOf(first);
        assertThat(usage.getInputTokens()).isEqualTo(9);
        assertThat(usage.getOutputTokens()).isZero();
        assertThat(recordOf(second).getInputTokens()).isEqualTo(11);
    }

    @Test
    void namesWhatIsWrongWithAReranking() throws Exception {
        offerReranking();

        assertError(
                caller.post("/v1/rerank", "{\"model\":\"order\",\"query\":\"x\"}"),
                400,
                "missing_required_parameter",
                "\"documents\"");
        assertError(
                caller.post("/v1/rerank", RERANK.replace("{\"text\":\"Lunch\"}", "{\"title\":\"Lunch\"}")),
                400,
                "missing_required_parameter",
                "\"documents[1].text\"");
        assertError(
                caller.post("/v1/rerank", RERANK.replace("\"top_n\":1", "\"top_n\":0")),
                400,
                "invalid_value",
                "\"top_n\"");
    }

    @Test
    void tellsWhatAnEngineCannotDo() throws Exception {
        engine.behave((request, reply) ->
                reply.json(501, "{\"error\":{\"code\":501,\"message\":\"This server does not support logprobs\"}}"));

        HttpResponse<String> answer = caller.post("/v1/chat/completions", HELLO);

        assertError(answer, 400, "engine_refused_request", "null");
        assertThat(answer.body()).contains("does not support logprobs");
    }

    @Test
    void turnsEffortsIntoTheSwitchOfThinking() throws Exception {
        for (String effort : List.of("low", "medium", "high")) {
            assertThat(sent("\"reasoning_effort\":\"" + effort + "\""))
                    .contains("\"enable_thinking\":true")
                    .contains("\"reasoning_effort\":null");
        }
        assertThat(sent("\"reasoning_effort\":\"none\"")).contains("\"enable_thinking\":false");
        assertThat(sent("\"reasoning_effort\":null")).contains("\"enable_thinking\":false");
        // The engine's own switch says it more exactly.
        assertThat(sent("\"reasoning_effort\":\"high\",\"chat_template_kwargs\":{\"enable_thinking\":false}"))
                .contains("\"enable_thinking\":false")
                .doesNotContain("\"enable_thinking\":true");
    }

    @Test
    void leavesEffortsToEnginesWhoseSwitchIsNotKnown() throws Exception {
        think(ThinkingDefault.THINKING_DEFAULT_NONE);

        assertThat(sent("\"reasoning_effort\":\"high\""))
                .contains("\"reasoning_effort\":\"high\"")
                .doesNotContain("enable_thinking");
    }

    @Test
    void refusesToThinkWithAModelThatCannotAndNotToWithOneThatMust() throws Exception {
        think(ThinkingDefault.THINKING_DEFAULT_NEVER);
        HttpResponse<String> never = caller.post("/v1/chat/completions", with("\"reasoning_effort\":\"low\""));
        assertThat(sent("\"reasoning_effort\":\"none\"")).doesNotContain("enable_thinking");
        think(ThinkingDefault.THINKING_DEFAULT_ALWAYS);
        HttpResponse<String> always = caller.post("/v1/chat/completions", with("\"reasoning_effort\":\"none\""));
        assertThat(sent("\"reasoning_effort\":\"low\"")).doesNotContain("enable_thinking");

        assertError(never, 400, "unsupported_parameter", "\"reasoning_effort\"");
        assertThat(never.body()).contains("The model 'chat' does not think.");
        assertError(always, 400, "unsupported_parameter", "\"reasoning_effort\"");
        assertThat(always.body()).contains("The model 'chat' always thinks.");
    }

    @Test
    void relaysEverythingElseAsItIs() throws Exception {
        String image =
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\",\"detail\":\"low\"}}";
        String body = "{\"model\":\"chat\",\"max_tokens\":5,\"chat_template_kwargs\":{\"enable_thinking\":false},"
                + "\"user\":\"u-1\",\"metadata\":{\"case\":\"7\"},\"seed\":42,\"logprobs\":true,\"top_logprobs\":3,\"n\":2,"
                + "\"parallel_tool_calls\":false,\"logit_bias\":{\"50256\":-100},\"stop\":[\"END\"],\"min_p\":0.05,"
                + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What is it?\"}," + image
                + "]}]}";

        caller.post("/v1/chat/completions", body);
        HttpResponse<String> remote = caller.post(
                "/v1/chat/completions", body.replace("data:image/png;base64,iVBORw0KGgo=", "https://x/y.png"));

        assertThat(engine.received().getFirst().body()).isEqualTo(body);
        assertError(remote, 400, "invalid_value", "\"messages[0].content[1].image_url.url\"");
    }

    private void offerCompletions() {
        Route.Builder route = InMemoryServing.chat("chat", List.of(engine.url()));
        route.getProfileBuilder().setCompletions(true);
        cluster.serving.put(route.build());
    }

    private void offerReranking() {
        Route.Builder route = InMemoryServing.chat("order", List.of(engine.url()))
                .clearCapabilities()
                .addCapabilities(ModelCapability.MODEL_CAPABILITY_RERANK);
        route.getProfileBuilder().setRerank(true);
        cluster.serving.put(route.build());
    }

    private void think(ThinkingDefault thinking) {
        Route.Builder route = InMemoryServing.chat("chat", List.of(engine.url()));
        route.getProfileBuilder().setThinking(thinking);
        cluster.serving.put(route.build());
    }

    private static String with(String fields) {
        return "{" + fields + "," + HELLO.substring(1);
    }

    /** What the engine is sent for a chat with some more fields. */
    private String sent(String fields) throws Exception {
        HttpResponse<String> answer = caller.post("/v1/chat/completions", with(fields));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return engine.received().getLast().body();
    }
}
