package ai.exaone.gateway.openai;

import ai.exaone.errors.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value within JSON bytes that are known to be right: nothing of it is built before it is asked for, and what is only passed on stays
 * the bytes that it was. For translations, which take the slower way.
 *
 * @param bytes UTF-8; not to be changed
 */
public record JsonValue(byte[] bytes, Span span) {
    /** What a value is. */
    public enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        BOOLEAN,
        NULL
    }

    /**
     * The object that a caller sent.
     *
     * @throws PlatformException REQUEST_NOT_JSON
     */
    public static JsonValue ofRequest(byte[] body) {
        return new JsonValue(body, RequestReader.object(body).object());
    }

    /** The object that is the whole of some bytes; empty when they are something else. */
    public static Optional<JsonValue> ofObject(byte[] bytes) {
        return JsonMembers.of(bytes).map(members -> new JsonValue(bytes, members.object()));
    }

    /** The value of a text that is known to be JSON. */
    public static JsonValue of(String json) {
        byte[] bytes = json.strip().getBytes(StandardCharsets.UTF_8);
        return new JsonValue(bytes, new Span(0, bytes.length));
    }

    public Kind kind() {
        return switch (bytes[span.start()]) {
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.STRING;
            case 't', 'f' -> Kind.BOOLEAN;
            case 'n' -> Kind.NULL;
            default -> Kind.NUMBER;
        };
    }

    public boolean is(Kind kind) {
        return kind() == kind;
    }

    /** As it is written. */
    public String json() {
        return span.text(bytes);
    }

    /** The text of a string. */
    public String text() {
        return JsonText.of(bytes, span);
    }

    /** The members of an object by name, in their order; none when it is something else. */
    public Map<String, JsonValue> members() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        JsonMembers.of(bytes, span)
                .ifPresent(found ->
                        found.values().forEach((name, value) -> members.put(name, new JsonValue(bytes, value))));
        return members;
    }

    /** A member of an object that is there and not {@code null}. */
    public Optional<JsonValue> get(String name) {
        return JsonMembers.of(bytes, span)
                .flatMap(members -> members.present(bytes, name))
                .map(value -> new JsonValue(bytes, value));
    }

    /** The text of a member that is a string. */
    public Optional<String> text(String name) {
        return get(name).filter(value -> value.is(Kind.STRING)).map(JsonValue::text);
    }

    /** Whether a member is {@code true}. */
    public boolean isTrue(String name) {
        return get(name).filter(value -> value.json().equals("true")).isPresent();
    }

    /** A member that is a whole number; 0 where there is none. */
    public long number(String name) {
        return get(name)
                .filter(value -> value.json().matches("[0-9]{1,18}"))
                .map(value -> Long.parseLong(value.json()))
                .orElse(0L);
    }

    /** The items of an array; none when it is something else. */
    public List<JsonValue> items() {
        return JsonArray.items(bytes, span).stream()
                .map(item -> new JsonValue(bytes, item))
                .toList();
    }

    /** The items of a member that is an array; none where it is something else. */
    public List<JsonValue> items(String name) {
        return get(name).map(JsonValue::items).orElse(List.of());
    }

    @Override
    public String toString() {
        return json();
    }
}
