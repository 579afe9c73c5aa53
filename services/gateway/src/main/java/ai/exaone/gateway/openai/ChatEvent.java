package ai.exaone.gateway.openai;

import ai.exaone.gateway.metering.TokenCounts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One event of a streamed answer.
 *
 * @param bytes the event as it came
 * @param data its JSON, or {@code [DONE]}; empty for a comment
 */
public record ChatEvent(byte[] bytes, byte[] data, Kind kind, Optional<TokenCounts> usage) {
    /** The last event of every OpenAI stream. */
    public static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] DATA_FIELD = {'d', 'a', 't', 'a', ':'};
    private static final byte[] USAGE = "\"usage\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "\"error\"".getBytes(StandardCharsets.US_ASCII);
    /** As most engines write it: nothing more has to be read of an event then. */
    private static final byte[] GOES_ON = "\"finish_reason\":null".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] DONE_DATA = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    /** What an event is. */
    public enum Kind {
        /** A part of the answer. */
        PART,
        /** Only the count of tokens: {@code choices} is empty. */
        USAGE_ONLY,
        /** The engine says that it failed. */
        FAILURE,
        /** The true end. */
        END,
        /** Nothing for the caller's program: a comment that keeps the connection alive. */
        COMMENT
    }

    /** Reads an event. */
    public static ChatEvent of(byte[] event) {
        byte[] data = data(event);
        if (data.length == 0) {
            return new ChatEvent(event, data, Kind.COMMENT, Optional.empty());
        }
        if (Arrays.equals(data, DONE_DATA)) {
            return new ChatEvent(event, data, Kind.END, Optional.empty());
        }
        boolean mayFail = Bytes.contains(data, ERROR);
        if (!mayFail && !Bytes.contains(data, USAGE)) {
            return new ChatEvent(event, data, Kind.PART, Optional.empty());
        }
        return JsonMembers.of(data)
                .map(members -> new ChatEvent(event, data, kind(data, members), Usage.of(data, members)))
                .orElseGet(() -> new ChatEvent(event, data, Kind.PART, Optional.empty()));
    }

    /** Whether its JSON has a text in a field of this name, wherever the field is. */
    public boolean says(String field) {
        return Bytes.contains(data, ("\"" + field + "\":\"").getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the JSON of an event adds nothing to the answer; it may count, and say why choices have ended. */
    public static boolean addsNothing(byte[] data) {
        return !Bytes.contains(data, GOES_ON)
                && JsonValue.ofObject(data)
                        .filter(event -> event.items("choices").stream().allMatch(ChatEvent::onlyEnds))
                        .isPresent();
    }

    private static boolean onlyEnds(JsonValue choice) {
        return choice.get("finish_reason").isPresent()
                && choice.get("logprobs").isEmpty()
                && choice.get("text").filter(text -> !isEmpty(text)).isEmpty()
                && choice.get("delta").stream()
                        .flatMap(delta -> delta.members().values().stream())
                        .allMatch(ChatEvent::isEmpty);
    }

    private static boolean isEmpty(JsonValue value) {
        return value.is(JsonValue.Kind.NULL) || value.json().equals("\"\"");
    }

    /** An event that carries JSON. */
    public static byte[] event(byte[] json) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(json.length + DATA_FIELD.length + 3);
        event.writeBytes(DATA_FIELD);
        event.write(' ');
        event.writeBytes(json);
        event.write('\n');
        event.write('\n');
        return event.toByteArray();
    }

    private static Kind kind(byte[] data, JsonMembers members) {
        if (members.present(data, "error").isPresent()) {
            return Kind.FAILURE;
        }
        boolean counted = members.present(data, "usage").isPresent();
        boolean empty = members.value("choices")
                .filter(choices -> choices.text(data).replaceAll("\\s", "").equals("[]"))
                .isPresent();
        return counted && empty ? Kind.USAGE_ONLY : Kind.PART;
    }

    /** The values of all {@code data} lines, joined by line feeds. */
    private static byte[] data(byte[] event) {
        ByteArrayOutputStream data = new ByteArrayOutputStream(event.length);
        int lineStart = 0;
        for (int i = 0; i < event.length; i++) {
            if (event[i] == '\n') {
                line(event, lineStart, i, data);
                lineStart = i + 1;
            }
        }
        return data.toByteArray();
    }

    private static void line(byte[] event, int from, int to, ByteArrayOutputStream data) {
        int end = to > from && event[to - 1] == '\r' ? to - 1 : to;
        if (!Bytes.startsWith(event, from, end, DATA_FIELD)) {
            return;
        }
        int start = from + DATA_FIELD.length;
        if (start < end && event[start] == ' ') {
            start++;
        }
        if (data.size() > 0) {
            data.write('\n');
        }
        data.write(event, start, end - start);
    }
}
