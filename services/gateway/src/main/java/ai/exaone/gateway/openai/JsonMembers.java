package ai.exaone.gateway.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the members of one JSON object lie in its bytes; nothing of them is built.
 *
 * @param object the object itself, braces included
 * @param values each member's value by name, in their order
 */
public record JsonMembers(Span object, Map<String, Span> values) {
    public JsonMembers {
        values = Collections.unmodifiableMap(values);
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
            JsonMembers members = read(bytes, parser, span.start(), (name, value) -> value.skipChildren());
            return parser.nextToken() == null ? Optional.of(members) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /**
     * Reads the object at whose first token the parser stands. Texts are passed over, not decoded, unless the visitor reads them.
     *
     * @param base offset of the parser's first byte
     */
    static JsonMembers read(byte[] bytes, JsonParser parser, int base, MemberVisitor visitor) throws IOException {
        int objectStart = base + (int) parser.currentTokenLocation().getByteOffset();
        Map<String, Span> values = new LinkedHashMap<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            int start = base + (int) parser.currentTokenLocation().getByteOffset();
            visitor.visit(name, parser);
            boolean text = parser.currentToken() == JsonToken.VALUE_STRING;
            if (!text) {
                parser.finishToken();
            }
            int end = base + (int) parser.currentLocation().getByteOffset();
            token = parser.nextToken();
            if (text) {
                end = endOfText(
                        bytes, base + (int) parser.currentTokenLocation().getByteOffset());
            }
            values.put(name, new Span(start, end));
        }
        return new JsonMembers(
                new Span(objectStart, base + (int) parser.currentLocation().getByteOffset()), values);
    }

    /** Where the text ends that comes before the token at an offset: between them are a comma and white space at the most. */
    private static int endOfText(byte[] bytes, int nextToken) {
        int end = nextToken;
        while (bytes[end - 1] != '"') {
            end--;
        }
        return end;
    }

    /**
     * Visits the members of the object at whose first token the parser stands.
     *
     * @return their names
     */
    static Set<String> visit(JsonParser parser, MemberVisitor visitor) throws IOException {
        Set<String> names = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            names.add(name);
            parser.nextToken();
            visitor.visit(name, parser);
        }
        return names;
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
