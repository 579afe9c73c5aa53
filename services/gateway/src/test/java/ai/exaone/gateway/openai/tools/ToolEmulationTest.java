package ai.exaone.gateway.openai.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.AnswerMapping;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.RequestReader;
import ai.exaone.gateway.openai.Splice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class ToolEmulationTest {
    private static final String WEATHER =
            "{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":\"Says the weather.\",\"parameters\":"
                    + "{\"type\":\"object\",\"title\":\"T\",\"properties\":{\"title\":{\"$ref\":\"#/$defs/city\"}},"
                    + "\"required\":[\"title\"],\"$defs\":{\"city\":{\"type\":\"string\",\"pattern\":\"x\",\"default\":\"y\"}}}}}";
    private static final String CLOCK = "{\"type\":\"function\",\"function\":{\"name\":\"clock\"}}";
    private static final String USER = "{\"role\":\"user\",\"content\":\"hi\"}";

    private final AtomicInteger ids = new AtomicInteger();

    @Example
    void asksForOneNamedCallByASchemaWithoutWhatPeopleRead() {
        String body = spliced(
                "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"weather\"}},\"tools\":[" + WEATHER
                        + "," + CLOCK + "]",
                USER);

        assertThat(body)
                .contains("\"tools\":null", "\"tool_choice\":null")
                .contains("\"maxItems\":1,\"items\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,"
                        + "\"required\":[\"name\",\"arguments\"],\"properties\":{\"name\":{\"const\":\"weather\"},"
                        + "\"arguments\":{\"$ref\":\"#/$defs/tool0\"}}}]}")
                .contains(
                        "\"$defs\":{\"tool0\":{\"type\":\"object\",\"properties\":{\"title\":{\"$ref\":\"#/$defs/tool0/$defs/city\"}},"
                                + "\"required\":[\"title\"],\"$defs\":{\"city\":{\"type\":\"string\"}},\"additionalProperties\":false}}")
                .doesNotContain("\"const\":\"clock\"");
    }

    @Example
    void offersThePlainAnswerOnlyWhereNoCallIsRequired() {
        assertThat(spliced("\"tools\":[" + CLOCK + "]", USER)).contains("\"required\":[\"answer\"]", "\"maxItems\":8");
        assertThat(spliced("\"parallel_tool_calls\":false,\"tools\":[" + CLOCK + "]", USER))
                .contains("\"maxItems\":1");
        assertThat(spliced("\"tool_choice\":\"required\",\"tools\":[" + CLOCK + "]", USER))
                .doesNotContain("\"required\":[\"answer\"]");
        assertThat(spliced("\"tool_choice\":\"none\",\"tools\":[" + CLOCK + "]", USER))
                .doesNotContain("json_schema", "You have these tools")
                .contains("\"tools\":null");
    }

    @Example
    void keepsTheSchemaThatTheCallerWantsForPlainAnswers() {
        String format =
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"object\","
                        + "\"properties\":{\"a\":{\"type\":\"integer\"}}}}}";

        assertThat(spliced(format + ",\"tools\":[" + CLOCK + "]", USER))
                .contains(
                        "\"answer\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},\"additionalProperties\":false}}");
    }

    @Example
    void tellsTheModelOfItsToolsInTheSystemsMessage() {
        assertThat(spliced("\"tools\":[" + CLOCK + "]", "{\"role\":\"system\",\"content\":\"Be brief.\"}," + USER))
                .contains("{\"role\":\"system\",\"content\":\"Be brief.\\n\\nYou have these tools.")
                .contains("," + USER + "]");
        assertThat(spliced("\"tools\":[" + CLOCK + "]", USER))
                .contains("[{\"role\":\"system\",\"content\":\"You have these tools.");
    }

    @Example
    void writesCallsAndTheirResultsAsText() {
        String history =
                USER + ",{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"clock\",\"arguments\":\"{\\\"zone\\\":1}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"12:00\"},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":[{\"type\":\"text\",\"text\":\"13:00\"}]},"
                        + USER;

        assertThat(spliced("\"temperature\":0", history))
                .contains(
                        "{\"role\":\"assistant\",\"content\":\"{\\\"tool_calls\\\":[{\\\"name\\\":\\\"clock\\\",\\\"arguments\\\":{\\\"zone\\\":1}}]}\"}")
                .contains(
                        "{\"role\":\"user\",\"content\":\"Result of clock: 12:00\\nResult of clock: 13:00\"}," + USER);
    }

    @Example
    void refusesToolsThatDoNotFitTogether() {
        for (String fields : List.of(
                "\"tools\":[" + CLOCK + "," + CLOCK + "]",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]",
                "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"x\"}},\"tools\":[" + CLOCK + "]")) {
            assertThatThrownBy(() -> spliced(fields, USER)).isInstanceOf(PlatformException.class);
        }
    }

    @Example
    void mapsCallsBack() {
        String content =
                "{\"tool_calls\": [ {\"name\":\"clock\", \"arguments\": { \"zone\" : 1 }},{\"name\":\"weather\",\"arguments\":{}} ]}";

        assertThat(whole(content))
                .isEqualTo(
                        "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                                + "{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"clock\",\"arguments\":\"{\\\"zone\\\":1}\"}},"
                                + "{\"id\":\"call_2\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{}\"}}]},"
                                + "\"finish_reason\":\"tool_calls\"}]}");
    }

    @Example
    void mapsPlainAnswersBack() {
        assertThat(whole("{\"answer\":\"hello\"}")).contains("\"content\":\"hello\"},\"finish_reason\":\"stop\"");
        assertThat(whole("{\"answer\":{\"a\":1}}")).contains("\"content\":\"{\\\"a\\\":1}\"");
        assertThat(whole("not json")).contains("\"content\":\"not json\"");
    }

    @Property(tries = 300)
    void showsNothingOfTheSchemaWhereAnAnswerIsCut(@ForAll @IntRange(max = 70) int length) {
        String answer = "{ \"answer\" : \"Hello, \\u00e9 world\" }";
        String calls = "{\n \"tool_calls\": [{\"name\":\"clock\",\"arguments\":{\"zone\":1}}]}";
        String object = "{\"answer\":{\"a\":[1,2]}}";

        assertThat("Hello, é world").startsWith(contentOf(cut(answer, length)));
        assertThat("{\"a\":[1,2]}").startsWith(contentOf(cut(object, length)));
        assertThat(contentOf(cut(calls, length))).isEmpty();
    }

    @Example
    void tellsWhatThereIsOfACutAnswerAndSaysThatItIsCut() {
        assertThat(cut("{\"answer\":\"Hello wor", 100))
                .contains("\"content\":\"Hello wor\"", "\"finish_reason\":\"length\"");
        assertThat(cut("{\"tool_calls\":[{\"name\":\"clock\"", 100))
                .contains("\"content\":\"\"", "\"finish_reason\":\"length\"")
                .doesNotContain("tool_calls");
    }

    @Property(tries = 300)
    void streamsAPlainAnswerHoweverItArrives(
            @ForAll @StringLength(max = 40) String answer, @ForAll @IntRange(min = 1, max = 9) int size) {
        String text = answer.replaceAll("\\p{Cs}", "") + "\uD83D\uDE00\"\\\n";
        String content = "{ \"answer\" : " + escaped(text) + "}";
        StringBuilder told = new StringBuilder();
        for (String part : stream(content, size)) {
            assertThat(part).doesNotContain("tool_calls");
            told.append(contentOf(part));
        }
        assertThat(told).hasToString(text);
    }

    @Property(tries = 100)
    void streamsCallsHoweverTheyArrive(@ForAll @IntRange(min = 1, max = 30) int size) {
        ids.set(0);
        List<String> parts = stream("{\"tool_calls\":[{\"name\":\"clock\",\"arguments\":{\"zone\":\"한\"}}]}", size);

        assertThat(parts).hasSize(2);
        assertThat(parts.getFirst()).contains("\"role\":\"assistant\"").doesNotContain("clock");
        assertThat(parts.getLast())
                .contains(
                        "\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"clock\","
                                + "\"arguments\":\"{\\\"zone\\\":\\\"한\\\"}\"}}]},\"finish_reason\":\"tool_calls\"");
    }

    private List<String> stream(String content, int size) {
        AnswerMapping mapping = mapping();
        List<String> parts = new ArrayList<>();
        feed(
                mapping,
                "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null},\"finish_reason\":null}]}",
                parts);
        int[] points = content.codePoints().toArray();
        for (int from = 0; from < points.length; from += size) {
            String piece = new String(points, from, Math.min(size, points.length - from));
            feed(
                    mapping,
                    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                            + new String(Json.string(piece), StandardCharsets.UTF_8) + "},\"finish_reason\":null}]}",
                    parts);
        }
        feed(mapping, "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}", parts);
        return parts;
    }

    /** A whole answer of which the limit on its length left so much. */
    private String cut(String content, int length) {
        String left = content.substring(0, Math.min(length, content.length()));
        String answer = "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                + new String(Json.string(left), StandardCharsets.UTF_8) + "},\"finish_reason\":\"length\"}]}";
        return new String(mapping().whole(answer.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private static void feed(AnswerMapping mapping, String part, List<String> parts) {
        mapping.part(part.getBytes(StandardCharsets.UTF_8))
                .forEach(data -> parts.add(new String(data, StandardCharsets.UTF_8)));
    }

    /** The text of a delta's content, read by the parser that is not under test here. */
    private static String contentOf(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        int start = part.indexOf("\"content\":\"");
        if (start < 0) {
            return "";
        }
        try (var parser = Json.parser(bytes, new ai.exaone.gateway.openai.Span(0, bytes.length))) {
            while (!"content".equals(parser.currentName())
                    || parser.currentToken().isStructStart()
                    || parser.getText().equals("content")) {
                parser.nextToken();
            }
            return parser.getText();
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    /** As a model writes it: with escapes for what is not ASCII. */
    private static String escaped(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char next : text.toCharArray()) {
            if (next == '"' || next == '\\') {
                json.append('\\').append(next);
            } else if (next < ' ' || next > '~') {
                json.append(String.format("\\u%04x", (int) next));
            } else {
                json.append(next);
            }
        }
        return json.append('"').toString();
    }

    private String whole(String content) {
        String answer = "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                + new String(Json.string(content), StandardCharsets.UTF_8) + "},\"finish_reason\":\"stop\"}]}";
        return new String(mapping().whole(answer.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private AnswerMapping mapping() {
        return new ToolAnswerMapping(() -> "call_" + ids.incrementAndGet());
    }

    private static String spliced(String fields, String messages) {
        String body = "{\"model\":\"m\"," + fields + ",\"messages\":[" + messages + "]}";
        InferenceRequest request = RequestReader.read(Endpoint.CHAT_COMPLETIONS, body.getBytes(StandardCharsets.UTF_8));
        ToolEmulation emulation = ToolEmulation.of(request, () -> "call_x").orElseThrow();
        String spliced = new String(new Splice(request.body(), emulation.edits()).toBytes(), StandardCharsets.UTF_8);
        assertThat(RequestReader.read(Endpoint.CHAT_COMPLETIONS, spliced.getBytes(StandardCharsets.UTF_8))
                        .model())
                .isEqualTo("m");
        return spliced;
    }
}
