package ai.exaone.gateway.openai;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.JsonValue.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of an object in a request, taken one by one, so that none is passed over in silence. For one thread. */
public final class RequestFields {
    private final String path;
    private final Map<String, JsonValue> members;
    private final Set<String> taken = new HashSet<>();

    private RequestFields(String path, Map<String, JsonValue> members) {
        this.path = path;
        this.members = members;
    }

    /** The fields of a request itself. */
    public static RequestFields of(JsonValue request) {
        return new RequestFields("", request.members());
    }

    /**
     * The fields of an object within a request.
     *
     * @param path where it stands, as messages name it
     * @throws PlatformException PARAMETER_TYPE when it is no object
     */
    public static RequestFields of(String path, JsonValue object) {
        require(path, object, Kind.OBJECT);
        return new RequestFields(path + ".", object.members());
    }

    /** How messages name a field. */
    public String path(String name) {
        return path + name;
    }

    /** A field that is there and not {@code null}, of whatever kind. */
    public Optional<JsonValue> any(String name) {
        taken.add(name);
        return Optional.ofNullable(members.get(name)).filter(value -> !value.is(Kind.NULL));
    }

    /**
     * A field that is there and not {@code null}.
     *
     * @throws PlatformException PARAMETER_TYPE when it is of another kind
     */
    public Optional<JsonValue> optional(String name, Kind kind) {
        Optional<JsonValue> value = any(name);
        value.ifPresent(found -> require(path(name), found, kind));
        return value;
    }

    /**
     * A field that must be there.
     *
     * @throws PlatformException PARAMETER_MISSING, PARAMETER_TYPE
     */
    public JsonValue required(String name, Kind kind) {
        return optional(name, kind).orElseThrow(() -> Faults.missing(path(name)));
    }

    /** The text of a field that must be there. */
    public String text(String name) {
        return required(name, Kind.STRING).text();
    }

    /** The text of a field that may be there. */
    public Optional<String> optionalText(String name) {
        return optional(name, Kind.STRING).map(JsonValue::text);
    }

    /**
     * The text of a field that may be there and is one of some words.
     *
     * @throws PlatformException PARAMETER_VALUE
     */
    public Optional<String> word(String name, List<String> words) {
        Optional<String> text = optionalText(name);
        text.ifPresent(found -> {
            if (!words.contains(found)) {
                throw Faults.value(path(name), "expected one of " + String.join(", ", words) + ".");
            }
        });
        return text;
    }

    /**
     * The text of a field that must be there and is one of some words.
     *
     * @throws PlatformException PARAMETER_MISSING, PARAMETER_TYPE, PARAMETER_VALUE
     */
    public String requiredWord(String name, List<String> words) {
        return word(name, words).orElseThrow(() -> Faults.missing(path(name)));
    }

    /** Whether a field is {@code true}; where it is not there, what holds then. */
    public boolean flag(String name, boolean otherwise) {
        return optional(name, Kind.BOOLEAN)
                .map(value -> value.json().equals("true"))
                .orElse(otherwise);
    }

    /** The items of an array that may be there. */
    public List<JsonValue> items(String name) {
        return optional(name, Kind.ARRAY).map(JsonValue::items).orElse(List.of());
    }

    /** Takes fields that change nothing here. */
    public RequestFields ignore(String... names) {
        taken.addAll(List.of(names));
        return this;
    }

    /**
     * Refuses a field that cannot be used here; {@code null} and {@code false} are the same as nothing.
     *
     * @throws PlatformException PARAMETER_UNSUPPORTED
     */
    public void refuse(String name) {
        any(name).filter(value -> !value.json().equals("false")).ifPresent(value -> {
            throw Faults.unsupported(path(name), "It cannot be sent here.");
        });
    }

    /**
     * Refuses every field that was not taken.
     *
     * @throws PlatformException PARAMETER_UNSUPPORTED, naming the first
     */
    public void refuseOthers() {
        for (String name : members.keySet()) {
            if (!taken.contains(name)) {
                refuse(name);
            }
        }
    }

    private static void require(String path, JsonValue value, Kind kind) {
        if (!value.is(kind)) {
            throw Faults.of(
                    OpenAiReason.PARAMETER_TYPE,
                    path,
                    "Invalid type for '" + path + "': expected " + name(kind) + ", but got " + name(value.kind())
                            + " instead.");
        }
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
        };
    }
}
