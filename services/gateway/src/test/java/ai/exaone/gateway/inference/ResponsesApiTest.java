package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.UsageRecord;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** OpenAI's responses through a real gateway. */
@Tag("server")
class ResponsesApiTest extends ThroughTranslation {
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
    void saysAtTheEndOfAStreamWhatItCosts() throws Exception {
        cluster.quota.price(1_000);
        HttpResponse<String> answer = caller.post("/v1/responses", "{\"stream\":true," + RESPONSE.substring(1));

        assertThat(answer.body().lines().filter(line -> line.contains("cost_krw")))
                .singleElement()
                .asString()
                .startsWith("data: {\"type\":\"response.completed\",")
                .contains("\"total_tokens\":10,\"cost_krw\":\"0.01\"}");
        assertThat(caller.get("/v1/responses/" + id(answer)).body()).contains("\"cost_krw\":\"0.01\"");
    }

    @Test
    void recordsARequestThatCannotBeTranslated() throws Exception {
        HttpResponse<String> answer = caller.post("/v1/responses", "{\"background\":true," + RESPONSE.substring(1));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"param\":\"background\"", "\"code\":\"unsupported_parameter\"");
        assertThat(recordOf(answer).getOutcome()).isEqualTo(Outcome.OUTCOME_REFUSED);
        assertThat(engine.received()).isEmpty();
    }

    private static void assertNotFound(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"response_not_found\"");
    }
}
