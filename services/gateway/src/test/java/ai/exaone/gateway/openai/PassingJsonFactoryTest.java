package ai.exaone.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Our parsers find what Jackson's own find, in the same places, and refuse what those refuse. */
class PassingJsonFactoryTest {
    private static final JsonFactory PLAIN = new JsonFactory(Json.bounded());
    private static final JsonFactory PASSING = new PassingJsonFactory(Json.bounded());

    @Property(tries = 5_000)
    void findsWhatJacksonFinds(@ForAll("documents") byte[] document) throws IOException {
        assertThat(found(PASSING, document, 0)).isEqualTo(found(PLAIN, document, 0));
    }

    @Property(tries = 5_000)
    void findsTheSameWhereBytesAreWrong(
            @ForAll("documents") byte[] document, @ForAll("changes") List<Tuple2<Integer, Byte>> changes)
            throws IOException {
        for (Tuple2<Integer, Byte> change : changes) {
            document[change.get1() % document.length] = change.get2();
        }
        assertThat(found(PASSING, document, 0)).isEqualTo(found(PLAIN, document, 0));
    }

    @Property(tries = 2_000)
    void findsTheSameInAStretch(@ForAll("documents") byte[] document, @ForAll("cuts") int cut) throws IOException {
        byte[] within = new byte[document.length + 20];
        System.arraycopy(document, 0, within, 10, document.length);
        int length = Math.max(0, document.length - cut);

        assertThat(found(PASSING.createParser(within, 10, length), 0))
                .isEqualTo(found(PLAIN.createParser(within, 10, length), 0));
    }

    @Property(tries = 1_000)
    void findsTheSameWhereSomeTextsAreRead(@ForAll("documents") byte[] document) throws IOException {
        assertThat(found(PASSING, document, 3)).isEqualTo(found(PLAIN, document, 3));
    }

    @Example
    void knowsOtherEncodingsAsJacksonDoes() throws IOException {
        for (var charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16)) {
            byte[] document = "{\"a\":\"b\"}".getBytes(charset);
            assertThat(found(PASSING, document, 1)).isEqualTo(found(PLAIN, document, 1));
        }
        byte[] marked = "\ufeff{\"a\":\"\uac00\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(found(PASSING, marked, 1)).isEqualTo(found(PLAIN, marked, 1));
    }

    /** What a parser finds, and where; at last how it ended. */
    private static List<String> found(JsonFactory factory, byte[] document, int readsEach) throws IOException {
        return found(factory.createParser(document), readsEach);
    }

    private static List<String> found(JsonParser parser, int readsEach) throws IOException {
        List<String> found = new ArrayList<>();
        parser.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
        try (parser) {
            while (parser.nextToken() != null) {
                boolean reads = readsEach > 0 && found.size() % readsEach == 0;
                found.add(parser.currentToken() + " at "
                        + parser.currentTokenLocation().getByteOffset() + (reads ? parser.getText() : ""));
            }
            found.add("ends at " + parser.currentLocation().getByteOffset());
        } catch (JsonProcessingException refused) {
            found.add("refused");
        }
        return found;
    }

    @Provide
    Arbitrary<byte[]> documents() {
        Arbitrary<String> texts = Arbitraries.frequencyOf(
                        Tuple.of(
                                8, Arbitraries.strings().ascii().ofMaxLength(40).map(PassingJsonFactoryTest::escaped)),
                        Tuple.of(3, Arbitraries.of("\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\ud55C")),
                        Tuple.of(3, Arbitraries.of("é", "한국어 문장", "👍", "\u0080\uffff")),
                        Tuple.of(1, Arbitraries.of("\\x", "\\u12g4", "\n", "\u0001", "\\")))
                .list()
                .ofMaxSize(6)
                .map(parts -> '"' + String.join("", parts) + '"');
        Arbitrary<String> values = Arbitraries.oneOf(
                texts, texts, Arbitraries.of("1", "-2.5e3", "true", "null", "[]", "{\"k\":[\"\",{}]}"));
        return values.list().ofMinSize(1).ofMaxSize(8).map(PassingJsonFactoryTest::object);
    }

    @Provide
    Arbitrary<List<Tuple2<Integer, Byte>>> changes() {
        return Combinators.combine(Arbitraries.integers().between(0, 5_000), Arbitraries.bytes())
                .as((place, value) -> Tuple.of(place, value))
                .list()
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<Integer> cuts() {
        return Arbitraries.integers().between(0, 60);
    }

    private static byte[] object(List<String> values) {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        document.write('{');
        for (int member = 0; member < values.size(); member++) {
            String name = (member == 0 ? "" : ", ") + "\"m" + member + "\": ";
            document.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            document.writeBytes(values.get(member).getBytes(StandardCharsets.UTF_8));
        }
        document.write('}');
        return document.toByteArray();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char character : text.toCharArray()) {
            if (character == '"' || character == '\\') {
                escaped.append('\\').append(character);
            } else if (character >= ' ') {
                escaped.append(character);
            }
        }
        return escaped.toString();
    }
}
