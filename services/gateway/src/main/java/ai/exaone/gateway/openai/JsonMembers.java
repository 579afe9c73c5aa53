package ai.exaone.gateway.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the members of one JSON object lie in its bytes; nothing of them is built.
 *
 * @param object the object itself, braces included
 * @param values each member's value by name, in their order
 */
public record JsonMembers(Span object, Map<String, Span> values) {
    public JsonMembers {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Takes each member in turn, the parser standing at its value's first token, and must leave it at the value's last. */
    interface MemberVisitor {
        void visit(String name, JsonParser value) throws IOException;
    }

    /** The members of the object that is the whole of some bytes; empty when they are something else. */
    public static Optional<JsonMembers> of(byte[] bytes) {
        return of(bytes, new Span(0, bytes.length));
    }

    /** The members of the object that a span holds; empty when it holds something else. */
    public static Optional<JsonMembers> of(byte[] bytes, Span span) {
        try (JsonParser parser = Json.parser(bytes, span)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            JsonMembers members = read(parser, span.start(), (name, value) -> value.skipChildren());
            return parser.nextToken() == null ? Optional.of(members) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /**
     * Reads the object at whose first token the parser stands.
     *
     * @param base offset of the parser's first byte
     */
    static JsonMembers read(JsonParser parser, int base, MemberVisitor visitor) throws IOException {
        int objectStart = base + (int) parser.currentTokenLocation().getByteOffset();
        Map<String, Span> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            int start = base + (int) parser.currentTokenLocation().getByteOffset();
            visitor.visit(name, parser);
            parser.finishToken();
            values.put(
                    name, new Span(start, base + (int) parser.currentLocation().getByteOffset()));
        }
        return new JsonMembers(
                new Span(objectStart, base + (int) parser.currentLocation().getByteOffset()), values);
    }

    /** The value of a member that is there. */
    public Optional<Span> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The value of a member that is there and not {@code null}. */
    public Optional<Span> present(byte[] bytes, String name) {
        return value(name).filter(span -> bytes[span.start()] != 'n');
    }
}
