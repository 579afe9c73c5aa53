package ai.exaone.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsStandUnderOneAnotherInHangulToo() {
        assertThat(print(List.of("NAME", "STATE"), List.of("한국어", "active"), List.of("a", "revoked")))
                .isEqualTo("""
                        NAME    STATE
                        한국어  active
                        a       revoked
                        """);
    }

    @Test
    void aLongTextIsCutToItsBeginningAndALineIsALine() {
        String printed = print(List.of("NOTE"), List.of("x".repeat(100)), List.of("first\nsecond"), List.of(""));
        assertThat(printed.lines()).containsExactly("NOTE", "x".repeat(59) + "…", "first", "");
    }

    @SafeVarargs
    private static String print(List<String> headings, List<String>... rows) {
        Table table = new Table(headings);
        List.of(rows).forEach(table::add);
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text, true);
        table.print(out);
        out.flush();
        return text.toString();
    }
}
