package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.serving.internal.v1.Route;
import ai.exaone.proto.serving.internal.v1.ThinkingDefault;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds of responses and messages alike, and thoughts wherever they are, through a real gateway. */
@Tag("server")
class TranslatedApisTest extends ThroughTranslation {
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
}
