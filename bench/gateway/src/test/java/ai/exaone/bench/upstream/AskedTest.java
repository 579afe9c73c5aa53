package ai.exaone.bench.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AskedTest {
    @Test
    void readsWhatSteersTheAnswerWhereverItStands() throws IOException {
        Asked asked = read("""
                {"messages":[{"role":"user","content":"\\"model\\": {"}],"stream_options":{"include_usage":true},
                 "stream":true,"script":"cut7","model":"scripted"}""");

        assertThat(asked.model()).isEqualTo("scripted");
        assertThat(asked.stream()).isTrue();
        assertThat(asked.usage()).isTrue();
        assertThat(asked.continuousUsage()).isFalse();
        assertThat(asked.script()).contains("cut7");
    }

    @Test
    void countsTheTextsToEmbed() throws IOException {
        assertThat(read("{\"model\":\"m\",\"input\":[\"a\",\"b\"]}").inputs()).isEqualTo(2);
        assertThat(read("{\"model\":\"m\",\"input\":[1,2,3]}").inputs()).isEqualTo(1);
        assertThat(read("{\"model\":\"m\",\"input\":[[1,2],[3]]}").inputs()).isEqualTo(2);
        assertThat(read("{\"model\":\"m\",\"input\":\"a\",\"encoding_format\":\"base64\"}")
                        .base64())
                .isTrue();
    }

    @Test
    void readsALongBodyOnlyAsFarAsItMust() throws IOException {
        String prompt = "x".repeat(100_000);

        assertThat(read("{\"model\":\"m\",\"stream\":false,\"prompt\":\"" + prompt + "\" and no more JSON").stream())
                .isFalse();
        assertThat(read("{\"prompt\":\"" + prompt + "\",\"stream\":true,\"model\":\"m\"}").stream())
                .isTrue();
    }

    @Test
    void refusesWhatIsNoRequest() {
        for (String wrong : new String[] {"", "[]", "{}", "{\"model\":\"m\"", "{\"model\":\"m\",}"}) {
            assertThatThrownBy(() -> read(wrong)).as(wrong).isInstanceOf(IOException.class);
        }
    }

    private static Asked read(String body) throws IOException {
        return Asked.read(Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
    }
}
