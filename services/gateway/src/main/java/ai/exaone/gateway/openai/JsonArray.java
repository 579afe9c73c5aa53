package ai.exaone.gateway.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds where the items of a JSON array lie. */
public final class JsonArray {
    private JsonArray() {}

    /** The items of the array that a span holds; none when it holds something else. */
    public static List<Span> items(byte[] bytes, Span array) {
        List<Span> items = new ArrayList<>();
        try (JsonParser parser = Json.parser(bytes, array)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return List.of();
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int start = array.start() + (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                items.add(new Span(
                        start, array.start() + (int) parser.currentLocation().getByteOffset()));
            }
        } catch (IOException notJson) {
            return List.of();
        }
        return items;
    }
}
