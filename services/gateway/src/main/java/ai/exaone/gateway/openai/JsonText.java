package ai.exaone.gateway.openai;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads strings out of JSON that is known to be right. */
public final class JsonText {
    private JsonText() {}

    /** The text of the string that a span holds. */
    public static String of(byte[] bytes, Span span) {
        try (JsonParser parser = Json.parser(bytes, span)) {
            parser.nextToken();
            return parser.getText();
        } catch (IOException wrong) {
            throw new UncheckedIOException("The span holds no string", wrong);
        }
    }
}
