package ai.exaone.gateway.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.gateway.openai.ChatEvent;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class ThoughtsTest {
    private static final long MOST = 1_000_000_000;

    @Property
    void areNeverMoreThanTheOutput(
            @ForAll @LongRange(max = MOST) long reasoning,
            @ForAll @LongRange(max = MOST) long rest,
            @ForAll @LongRange(max = MOST) long output) {
        TokenCounts apart = new Thoughts(reasoning, rest).in(new TokenCounts(7, 3, output, 0, false));

        assertThat(apart.output()).isEqualTo(output);
        assertThat(apart.input()).isEqualTo(7);
        assertThat(apart.reasoning()).isBetween(0L, output);
        if (reasoning == 0) {
            assertThat(apart.reasoning()).isZero();
        }
        if (rest == 0 && reasoning > 0) {
            assertThat(apart.reasoning()).isEqualTo(output);
        }
    }

    @Example
    void leaveTheEnginesOwnCountAlone() {
        TokenCounts counted = new TokenCounts(7, 0, 10, 4, false);

        assertThat(new Thoughts(9, 1).in(counted)).isEqualTo(counted);
    }

    @Example
    void areCountedByPartsOfAStream() {
        ThoughtCounter counter = new ThoughtCounter("reasoning");
        counter.add(part("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"reasoning\":\"a\"}}]}"));
        counter.add(part("{\"choices\":[{\"delta\":{\"reasoning\":null,\"content\":\"the \\\"reasoning\\\": b\"}}]}"));

        assertThat(counter.in(new TokenCounts(0, 0, 10, 0, false)).reasoning()).isEqualTo(5);
    }

    private static ChatEvent part(String json) {
        return ChatEvent.of(ChatEvent.event(json.getBytes(StandardCharsets.UTF_8)));
    }
}
