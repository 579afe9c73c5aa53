package ai.exaone.gateway.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The gateway's JSON: streams of tokens with bounds, never trees. */
public final class Json {
    private static final int MAXIMUM_DEPTH = 100;
    private static final int MAXIMUM_NAME = 1_000;
    private static final int MAXIMUM_NUMBER = 100;

    private static final JsonFactory FACTORY = new PassingJsonFactory(bounded());

    private Json() {}

    /** Our bounds; a string is bounded by the body it stands in. */
    static JsonFactoryBuilder bounded() {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAXIMUM_DEPTH)
                        .maxNameLength(MAXIMUM_NAME)
                        .maxNumberLength(MAXIMUM_NUMBER)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false);
    }

    /** Writes one value. */
    public interface Writing {
        void write(JsonGenerator json) throws IOException;
    }

    /** A parser of a body that a caller sent: a name that stands twice in one object is an error. */
    static JsonParser strictParser(byte[] bytes) throws IOException {
        return FACTORY.createParser(bytes).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
    }

    /** A parser of a stretch of bytes. */
    public static JsonParser parser(byte[] bytes, Span span) throws IOException {
        return FACTORY.createParser(bytes, span.start(), span.end() - span.start());
    }

    /** The bytes that a writing makes. */
    public static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            writing.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** The value of a span without white space between its tokens. */
    public static String compact(byte[] bytes, Span span) {
        byte[] written = write(json -> {
            try (JsonParser parser = parser(bytes, span)) {
                parser.nextToken();
                json.copyCurrentStructure(parser);
            }
        });
        return new String(written, StandardCharsets.UTF_8);
    }

    /** A string as a JSON value, quotes included. */
    public static byte[] string(String text) {
        return write(json -> json.writeString(text));
    }
}
