package ai.exaone.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class EventsTest {
    @Property
    void findsTheSameHoweverTheBytesArrive(
            @ForAll("streams") List<String> events, @ForAll("sizes") List<Integer> sizes, @ForAll boolean readsAll) {
        Found found = new Found();
        EventScanner scanner = new EventScanner(1 << 20, readsAll);

        assertThat(feed(scanner, String.join("", events), sizes, found)).isTrue();

        assertThat(found.text.toString()).isEqualTo(String.join("", events));
        assertThat(found.parts + found.read.size()).isEqualTo(events.size());
        assertThat(found.parts).isLessThanOrEqualTo(readsAll ? 0 : events.size());
        assertThat(kinds(found.read))
                .isEqualTo(kinds(events.stream().map(EventsTest::of).toList()));
    }

    @Example
    void readsNoEventThatIsAPlainPart() {
        Found found = new Found();
        String part =
                "data: {\"choices\":[{\"delta\":{\"content\":\"\\\"usage\\\": {} \\\"error\\\": 1\"}}],\"usage\":null}\n\n";

        feed(new EventScanner(1 << 20, false), part.repeat(3), List.of(1), found);

        assertThat(found.parts).isEqualTo(3);
        assertThat(found.read).isEmpty();
    }

    @Example
    void refusesAnEventThatNeverEnds() {
        EventScanner scanner = new EventScanner(1_000, false);
        byte[] piece = new byte[500];
        boolean goesOn = true;
        for (int i = 0; i < 5; i++) {
            goesOn = scanner.add(piece, 0, piece.length, new Found());
        }
        assertThat(goesOn).isFalse();
    }

    /** What a scanner found, in order. */
    private static final class Found implements EventScanner.Events {
        private final StringBuilder text = new StringBuilder();
        private final List<ChatEvent> read = new ArrayList<>();
        private int parts;

        @Override
        public void parts(byte[] bytes, int offset, int length, int count) {
            text.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
            parts += count;
        }

        @Override
        public void event(ChatEvent event) {
            text.append(new String(event.bytes(), StandardCharsets.UTF_8));
            read.add(event);
        }

        @Override
        public boolean wantsMore() {
            return true;
        }
    }

    private static boolean feed(EventScanner scanner, String stream, List<Integer> sizes, Found found) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        boolean kept = true;
        int position = 0;
        for (int turn = 0; position < bytes.length; turn++) {
            int count = Math.min(sizes.get(turn % sizes.size()), bytes.length - position);
            kept &= scanner.add(bytes, position, count, found);
            position += count;
        }
        return kept;
    }

    /** All that are not parts: of parts a scanner need not say which. */
    private static List<ChatEvent.Kind> kinds(List<ChatEvent> events) {
        return events.stream()
                .map(ChatEvent::kind)
                .filter(kind -> kind != ChatEvent.Kind.PART)
                .toList();
    }

    @Example
    void saysWhatAnEventIs() {
        assertThat(kind("data: [DONE]\n\n")).isEqualTo(ChatEvent.Kind.END);
        assertThat(kind("data:[DONE]\r\n\r\n")).isEqualTo(ChatEvent.Kind.END);
        assertThat(kind(": still here\n\n")).isEqualTo(ChatEvent.Kind.COMMENT);
        assertThat(kind("data: {\"choices\":[{\"delta\":{\"content\":\"\\\"usage\\\" and \\\"error\\\"\"}}]}\n\n"))
                .isEqualTo(ChatEvent.Kind.PART);
        assertThat(kind("data: {\"choices\":[{}],\"usage\":null}\n\n")).isEqualTo(ChatEvent.Kind.PART);
        assertThat(kind("data: {\"choices\":[ ],\"usage\":{\"prompt_tokens\":3}}\n\n"))
                .isEqualTo(ChatEvent.Kind.USAGE_ONLY);
        assertThat(kind("data: {\"error\":{\"message\":\"x\"}}\n\n")).isEqualTo(ChatEvent.Kind.FAILURE);
    }

    @Example
    void knowsWhatAddsNothing() {
        for (String choice : List.of(
                "",
                "{'finish_reason':'length','index':0,'text':'','logprobs':null}",
                "{'finish_reason':'stop','delta':{}}",
                "{'finish_reason':'stop','delta':{'content':'','tool_calls':null}},{'finish_reason':'stop'}")) {
            assertThat(addsNothing(choice)).as(choice).isTrue();
        }
        for (String choice : List.of(
                "{'finish_reason':null,'delta':{}}",
                "{'finish_reason' : null,'delta':{}}",
                "{'delta':{'role':'assistant','content':''}}",
                "{'finish_reason':'stop','text':' '}",
                "{'finish_reason':'stop','text':'','logprobs':{'content':[]}}",
                "{'finish_reason':'tool_calls','delta':{'tool_calls':[{}]}}",
                "{'finish_reason':'stop','delta':{}},{'finish_reason':'stop','delta':{'content':'x'}}")) {
            assertThat(addsNothing(choice)).as(choice).isFalse();
        }
    }

    private static boolean addsNothing(String choices) {
        String data = "{'choices':[" + choices + "],'usage':{'prompt_tokens':1}}";
        return ChatEvent.addsNothing(data.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Example
    void readsTheEnginesCount() {
        byte[] answer =
                ("{\"choices\":[\"usage\",\"\\\"usage\\\":{}\"],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"prompt_tokens_details\":{\"cached_tokens\":8},"
                                + "\"completion_tokens_details\":{\"reasoning_tokens\":2}},\"model\":\"usage\"}")
                        .getBytes(StandardCharsets.UTF_8);
        var usage = Usage.find(answer, 0, answer.length).orElseThrow();

        assertThat(usage.input()).isEqualTo(9);
        assertThat(usage.cachedInput()).isEqualTo(8);
        assertThat(usage.output()).isEqualTo(4);
        assertThat(usage.reasoning()).isEqualTo(2);
    }

    @Example
    void renamesTheEnginesReasoningField() {
        byte[] part = "{\"choices\":[{\"delta\":{\"reasoning\":\"reasoning\"},\"reasoning\":1}]}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(new String(
                        new ReasoningFieldMapping("reasoning", "reasoning_content").whole(part),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"choices\":[{\"delta\":{\"reasoning_content\":\"reasoning\"},\"reasoning\":1}]}");
    }

    @Provide
    Arbitrary<List<String>> streams() {
        Arbitrary<String> text = Arbitraries.strings().withChars("aé한 :{}\"").ofMaxLength(40);
        Arbitrary<String> json = Arbitraries.of(
                "{\"choices\":[],\"usage\": {\"prompt_tokens\":3}}",
                "{\"choices\":[{}],\"usage\":{\"completion_tokens\":1}}",
                "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":null}",
                "{ \"error\" : {\"message\":\"x\"}}",
                "{\"error\":null,\"choices\":[1]}",
                "[DONE]");
        Arbitrary<String> line = Arbitraries.oneOf(text, json, json).map(data -> "data: " + data);
        Arbitrary<String> event = Arbitraries.frequencyOf(
                Tuple.of(8, line),
                Tuple.of(1, Arbitraries.of(": comment", "event: x\ndata: {\"error\":{}}", "id: 1", "data:\ndata: 2")));
        Arbitrary<String> end = Arbitraries.of("\n\n", "\r\n\r\n");
        return event.flatMap(one -> end.map(ending -> one + ending)).list().ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<Integer>> sizes() {
        return Arbitraries.integers().between(1, 40).list().ofMinSize(1).ofMaxSize(10);
    }

    private static ChatEvent.Kind kind(String event) {
        return of(event).kind();
    }

    private static ChatEvent of(String event) {
        return ChatEvent.of(event.getBytes(StandardCharsets.UTF_8));
    }
}
