package ai.exaone.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonMembersTest {
    @Property
    void saysWhereEachValueLies(@ForAll("values") List<String> values, @ForAll("spaces") List<String> spaces) {
        StringBuilder json = new StringBuilder(space(spaces, 0)).append('{');
        for (int i = 0; i < values.size(); i++) {
            json.append(i == 0 ? "" : ",")
                    .append(space(spaces, i))
                    .append("\"name")
                    .append(i)
                    .append('"');
            json.append(space(spaces, i + 1)).append(':').append(space(spaces, i + 2));
            json.append(values.get(i)).append(space(spaces, i + 3));
        }
        byte[] bytes = json.append('}').append(space(spaces, 4)).toString().getBytes(StandardCharsets.UTF_8);

        JsonMembers members = JsonMembers.of(bytes).orElseThrow();

        assertThat(members.object().text(bytes)).isEqualTo(json.toString().strip());
        assertThat(members.values()).hasSize(values.size());
        for (int i = 0; i < values.size(); i++) {
            assertThat(members.value("name" + i).orElseThrow().text(bytes)).isEqualTo(values.get(i));
        }
    }

    private static String space(List<String> spaces, int turn) {
        return spaces.get(turn % spaces.size());
    }

    @Provide
    Arbitrary<List<String>> values() {
        return Arbitraries.of(
                        "\"\"",
                        "\"한글 \\\\\"",
                        "\"a,}\\\" ,\\\"\"",
                        "\" , \"",
                        "0",
                        "-1.5e3",
                        "true",
                        "null",
                        "[]",
                        "[\"]\"]",
                        "{}",
                        "{\"a\":\"}\"}")
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<String>> spaces() {
        return Arbitraries.of("", " ", "\n", "\t \r\n").list().ofMinSize(1).ofMaxSize(5);
    }
}
