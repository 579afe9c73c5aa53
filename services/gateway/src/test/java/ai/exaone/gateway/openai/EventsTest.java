package ai.exaone.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventsTest {
    @Property
    void splitsTheSameHoweverTheBytesArrive(
            @ForAll("streams") List<String> events, @ForAll("sizes") List<Integer> sizes) {
        byte[] stream = String.join("", events).getBytes(StandardCharsets.UTF_8);
        EventSplitter splitter = new EventSplitter(1 << 20);
        List<String> split = new ArrayList<>();
        int position = 0;
        for (int turn = 0; position < stream.length; turn++) {
            int count = Math.min(sizes.get(turn % sizes.size()), stream.length - position);
            byte[] piece = Arrays.copyOfRange(stream, position, position + count);
            assertThat(splitter.add(piece, count)).isTrue();
            position += count;
            for (var event = splitter.next(); event.isPresent(); event = splitter.next()) {
                split.add(new String(event.get(), StandardCharsets.UTF_8));
            }
        }
        assertThat(String.join("", split)).isEqualTo(String.join("", events));
        assertThat(split).hasSameSizeAs(events);
        assertThat(splitter.atBoundary()).isTrue();
    }

    @Example
    void refusesAnEventThatNeverEnds() {
        EventSplitter splitter = new EventSplitter(1_000);
        byte[] piece = new byte[500];
        boolean goesOn = true;
        for (int i = 0; i < 5; i++) {
            goesOn = splitter.add(piece, piece.length);
            assertThat(splitter.next()).isEmpty();
        }
        assertThat(goesOn).isFalse();
        assertThat(splitter.atBoundary()).isFalse();
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
    void readsTheEnginesCount() {
        var usage = Usage.of(
                        ("{\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"prompt_tokens_details\":{\"cached_tokens\":8},"
                                        + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}}")
                                .getBytes(StandardCharsets.UTF_8))
                .orElseThrow();

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
        Arbitrary<String> text = Arbitraries.strings().withChars("aé한 :{}\"").ofMaxLength(20);
        Arbitrary<String> end = Arbitraries.of("\n\n", "\r\n\r\n");
        return text.flatMap(data -> end.map(ending -> "data: " + data + ending))
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<Integer>> sizes() {
        return Arbitraries.integers().between(1, 40).list().ofMinSize(1).ofMaxSize(10);
    }

    private static ChatEvent.Kind kind(String event) {
        return ChatEvent.of(event.getBytes(StandardCharsets.UTF_8)).kind();
    }
}
