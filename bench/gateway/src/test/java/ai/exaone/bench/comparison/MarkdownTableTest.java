package ai.exaone.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {
    @Test
    void isReadAsItStands() {
        MarkdownTable table = new MarkdownTable(1, "target", "µs");
        table.add(List.of("a", "1.5"));
        table.add(List.of("longer", "-"));

        assertThat(table).hasToString("""
                | target |  µs |
                |--------|----:|
                | a      | 1.5 |
                | longer |   - |
                """);
        assertThatThrownBy(() -> table.add(List.of("a"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersHaveThreeDigitsThatCount() {
        assertThat(MarkdownTable.number(0)).isEqualTo("0");
        assertThat(MarkdownTable.number(0.04567)).isEqualTo("0.0457");
        assertThat(MarkdownTable.number(0.4567)).isEqualTo("0.457");
        assertThat(MarkdownTable.number(4.567)).isEqualTo("4.57");
        assertThat(MarkdownTable.number(-45.67)).isEqualTo("-45.7");
        assertThat(MarkdownTable.number(45_678)).isEqualTo("45678");
        assertThat(MarkdownTable.number(Optional.empty())).isEqualTo("-");
        assertThat(MarkdownTable.number(Optional.of(Double.NaN))).isEqualTo("-");
    }
}
