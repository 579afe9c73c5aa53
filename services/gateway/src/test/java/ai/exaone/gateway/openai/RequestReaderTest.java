package ai.exaone.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;

class RequestReaderTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"안녕\"}]";

    @Example
    void readsWhatThePlatformHasToKnow() {
        InferenceRequest request = chat(
                "{ \"model\" : \"a/b\", " + MESSAGES + ", \"stream\":true, \"stream_options\":{\"include_usage\":true},"
                        + "\"max_completion_tokens\": 12, \"n\":2, \"anything\":{\"x\":[1,2]}}");

        assertThat(request.model()).isEqualTo("a/b");
        assertThat(request.stream()).isTrue();
        assertThat(request.usageWanted()).isTrue();
        assertThat(request.outputTokens()).hasValue(12);
        assertThat(request.choices()).isEqualTo(2);
        assertThat(request.field("anything").orElseThrow().text(request.body())).isEqualTo("{\"x\":[1,2]}");
    }

    @Property
    void findsEveryValueWhateverItsText(@ForAll @StringLength(max = 50) String text) {
        String value = new String(Json.string(text.replaceAll("\\p{Cs}", "")), StandardCharsets.UTF_8);
        InferenceRequest request =
                chat("{\"before\":" + value + " ,\"model\":\"m\"," + MESSAGES + ",\"after\" : " + value + "\n}");

        assertThat(request.field("before").orElseThrow().text(request.body())).isEqualTo(value);
        assertThat(request.field("after").orElseThrow().text(request.body())).isEqualTo(value);
        byte[] spliced = new Splice(
                        request.body(),
                        List.of(Splice.Edit.replace(
                                request.members().value("model").orElseThrow(), "\"other\"")))
                .toBytes();
        assertThat(RequestReader.read(Endpoint.CHAT_COMPLETIONS, spliced).model())
                .isEqualTo("other");
    }

    @Property
    void refusesOrReadsWhateverIsSent(@ForAll byte[] body) {
        try {
            RequestReader.read(Endpoint.CHAT_COMPLETIONS, body);
        } catch (PlatformException refused) {
            assertThat(refused.reason()).isInstanceOf(OpenAiReason.class);
        }
    }

    @Property
    void refusesOrReadsEveryCutOfARequest(@ForAll int seed) {
        String whole = "{\"model\":\"m\"," + MESSAGES + ",\"temperature\":0.5,\"stop\":[\"a\"],\"tools\":[]}";
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
        int cut = Math.floorMod(seed, bytes.length);
        assertRefused(new String(bytes, 0, cut, StandardCharsets.ISO_8859_1), OpenAiReason.REQUEST_NOT_JSON, null);
    }

    @Example
    void refusesWhatIsNotOneObject() {
        for (String body : List.of(
                "", "[]", "null", "{} {}", "{\"a\":1,}", "{\"a\":NaN}", "{'a':1}", "{\"a\":1}//x", "\uFEFF{}")) {
            assertRefused(body, OpenAiReason.REQUEST_NOT_JSON, null);
        }
        assertRefused("{\"model\":\"a\",\"model\":\"b\"," + MESSAGES + "}", OpenAiReason.REQUEST_NOT_JSON, null);
        assertRefused("{\"x\":{\"a\":1,\"a\":2}}", OpenAiReason.REQUEST_NOT_JSON, null);
        assertRefused("{\"x\":" + "[".repeat(200) + "]".repeat(200) + "}", OpenAiReason.REQUEST_NOT_JSON, null);
    }

    @Example
    void namesTheParameterAtFault() {
        assertRefused("{" + MESSAGES + "}", OpenAiReason.PARAMETER_MISSING, "model");
        assertRefused("{\"model\":7," + MESSAGES + "}", OpenAiReason.PARAMETER_TYPE, "model");
        assertRefused("{\"model\":\"m\"}", OpenAiReason.PARAMETER_MISSING, "messages");
        assertRefused("{\"model\":\"m\",\"messages\":{}}", OpenAiReason.PARAMETER_TYPE, "messages");
        assertRefused("{\"model\":\"m\",\"messages\":[]}", OpenAiReason.PARAMETER_VALUE, "messages");
        assertRefused(
                "{\"model\":\"m\",\"messages\":[{\"content\":\"x\"}]}",
                OpenAiReason.PARAMETER_MISSING,
                "messages[0].role");
        assertRefused(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"king\"}]}",
                OpenAiReason.PARAMETER_VALUE,
                "messages[0].role");
        assertField("\"temperature\":2.1", OpenAiReason.PARAMETER_VALUE, "temperature");
        assertField("\"temperature\":\"hot\"", OpenAiReason.PARAMETER_TYPE, "temperature");
        assertField("\"max_tokens\":0", OpenAiReason.PARAMETER_VALUE, "max_tokens");
        assertField("\"max_tokens\":1.5", OpenAiReason.PARAMETER_TYPE, "max_tokens");
        assertField("\"max_tokens\":1e999999", OpenAiReason.PARAMETER_TYPE, "max_tokens");
        assertField("\"max_tokens\":99999999999999999999", OpenAiReason.PARAMETER_VALUE, "max_tokens");
        assertField("\"max_tokens\":1,\"max_completion_tokens\":1", OpenAiReason.PARAMETER_VALUE, "max_tokens");
        assertField("\"stream\":\"yes\"", OpenAiReason.PARAMETER_TYPE, "stream");
        assertField("\"tools\":[{\"type\":\"function\"}]", OpenAiReason.PARAMETER_MISSING, "tools[0].function");
        assertField("\"tool_choice\":\"always\"", OpenAiReason.PARAMETER_VALUE, "tool_choice");
        assertField("\"response_format\":{}", OpenAiReason.PARAMETER_MISSING, "response_format.type");
    }

    @Example
    void takesMediaInlineOnly() {
        String part =
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\"}}]}]}";
        assertThat(chat(part.formatted("data:image/png;base64,AA==")).model()).isEqualTo("m");
        for (String address : List.of("http://10.0.0.1/x", "file:///etc/passwd", "//host/x")) {
            assertRefused(
                    part.formatted(address), OpenAiReason.PARAMETER_VALUE, "messages[0].content[0].image_url.url");
        }
    }

    @Example
    void leavesOptionalFieldsThatAreNull() {
        assertThat(chat("{\"model\":\"m\"," + MESSAGES
                                + ",\"temperature\":null,\"tools\":null,\"max_tokens\":null,\"n\":null}")
                        .outputTokens())
                .isEmpty();
    }

    @Example
    void readsEmbeddings() {
        for (String input : List.of("\"x\"", "[\"x\",\"y\"]", "[1,2]", "[[1],[2,3]]")) {
            InferenceRequest request =
                    RequestReader.read(Endpoint.EMBEDDINGS, bytes("{\"model\":\"m\",\"input\":" + input + "}"));
            assertThat(request.stream()).isFalse();
        }
        for (String input : List.of("\"\"", "[]", "[\"x\",1]", "[[]]", "7")) {
            assertThatThrownBy(() ->
                            RequestReader.read(Endpoint.EMBEDDINGS, bytes("{\"model\":\"m\",\"input\":" + input + "}")))
                    .isInstanceOf(PlatformException.class);
        }
    }

    private static void assertField(String field, OpenAiReason reason, String parameter) {
        assertRefused("{\"model\":\"m\"," + MESSAGES + "," + field + "}", reason, parameter);
    }

    private static void assertRefused(String body, OpenAiReason reason, @Nullable String parameter) {
        assertThatThrownBy(() -> chat(body)).isInstanceOfSatisfying(PlatformException.class, refused -> {
            assertThat(refused.reason()).as(body).isEqualTo(reason);
            assertThat(OpenAiError.of(refused).param()).isEqualTo(parameter);
        });
    }

    private static InferenceRequest chat(String body) {
        return RequestReader.read(Endpoint.CHAT_COMPLETIONS, bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
