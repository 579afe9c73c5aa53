package ai.exaone.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Texts of any length, with one byte somewhere that ends them. */
class TextPassageTest {
    private static final int LONGEST = 5_000;

    @Property(tries = 5_000)
    void endsWhereTheFirstByteIsThatIsNoText(
            @ForAll @IntRange(max = LONGEST) int length,
            @ForAll @IntRange(max = LONGEST) int place,
            @ForAll @IntRange(max = 20) int from,
            @ForAll byte odd) {
        byte[] bytes = new byte[from + length];
        Arrays.fill(bytes, (byte) 'a');
        int at = from + place;
        boolean ends = at < bytes.length && (odd < ' ' || odd == '"' || odd == '\\');
        if (at < bytes.length) {
            bytes[at] = odd;
        }

        assertThat(TextPassage.end(bytes, from, bytes.length)).isEqualTo(ends ? at : bytes.length);
    }
}
