package ai.exaone.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StreamCheckTest {
    private static final String RIGHT = piece(0) + piece(1) + piece(2) + "data: {\"choices\":[{\"delta\":{}}]}\n\n"
            + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":250,\"completion_tokens\":3}}\n\ndata: [DONE]\n\n";

    private int firsts;
    private int gaps;
    private final StreamCheck check = new StreamCheck(3, new StreamCheck.Times() {
        @Override
        public void first(long nanos) {
            firsts++;
        }

        @Override
        public void later(long nanos) {
            gaps++;
        }
    });

    @Property
    void isRightHoweverItIsCut(@ForAll @IntRange(min = 1, max = 400) int size) {
        firsts = 0;
        gaps = 0;

        assertThat(verdict(RIGHT, size)).isEmpty();
        assertThat(firsts).isEqualTo(1);
        assertThat(gaps).isEqualTo(2);
    }

    @Test
    void isUsedAgainAfterAWrongOne() {
        verdict("data: {\"error\":{}}\n\n", 10);

        assertThat(verdict(RIGHT.replace("\n", "\r\n"), 10)).isEmpty();
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(verdict(RIGHT.replace("data: [DONE]\n\n", ""), 50)).isEqualTo("stream without its end mark");
        assertThat(verdict(RIGHT.replace(piece(1), ""), 50)).isEqualTo("stream with pieces out of order");
        assertThat(verdict(RIGHT.replace(piece(2), ""), 50)).isEqualTo("stream with 2 pieces");
        assertThat(verdict(RIGHT.replace(piece(1), piece(1) + piece(1)), 50))
                .isEqualTo("stream with pieces out of order");
        assertThat(verdict(RIGHT.replace("completion_tokens\":3", "completion_tokens\":4"), 50))
                .isEqualTo("stream without its usage");
        assertThat(verdict(piece(0) + "event: error\ndata: {\"error\":{\"message\":\"gone\"}}\n\n", 50))
                .isEqualTo("stream with an error event");
        assertThat(verdict(RIGHT + piece(3), 50)).isEqualTo("stream with pieces out of order");
    }

    private String verdict(String stream, int size) {
        byte[] bytes = stream.getBytes(StandardCharsets.US_ASCII);
        check.begin(System.nanoTime());
        for (int at = 0; at < bytes.length; at += size) {
            check.read(Unpooled.wrappedBuffer(bytes, at, Math.min(size, bytes.length - at)));
        }
        return check.verdict().orElse("");
    }

    private static String piece(int number) {
        return "data: {\"choices\":[{\"delta\":{\"content\":\"#" + number + " of a few \"}}]}\n\n";
    }
}
