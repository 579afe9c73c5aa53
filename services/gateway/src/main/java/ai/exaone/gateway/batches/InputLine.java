package ai.exaone.gateway.batches;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.JsonValue.Kind;
import java.util.Arrays;
import java.util.Optional;

/**
 * A line of a batch's input.
 *
 * @param customId the caller's own name of it
 * @param body what is to be sent; not to be changed
 */
record InputLine(String customId, byte[] body) {
    static final int LONGEST_ID = 512;

    /**
     * What is wrong with a line, in OpenAI's words.
     *
     * @param parameter the field at fault, where one is
     */
    record Fault(String code, String message, Optional<String> parameter) {
        private static Fault of(String code, String message, String parameter) {
            return new Fault(code, message, Optional.of(parameter));
        }
    }

    /** What came of reading a line. */
    sealed interface Outcome {
        record Right(InputLine line) implements Outcome {}

        record Wrong(Fault fault) implements Outcome {}
    }

    /** Reads a line of a batch for an endpoint. */
    static Outcome read(byte[] bytes, String endpoint) {
        JsonValue line;
        try {
            line = JsonValue.ofRequest(bytes);
        } catch (PlatformException notJson) {
            return new Outcome.Wrong(
                    new Fault("invalid_json_line", "This line is not a JSON object.", Optional.empty()));
        }
        Optional<Fault> fault = fault(line, endpoint);
        return fault.<Outcome>map(Outcome.Wrong::new).orElseGet(() -> new Outcome.Right(of(line)));
    }

    /** Reads a line that was right before. */
    static InputLine known(byte[] bytes) {
        return of(JsonValue.ofObject(bytes).orElseThrow());
    }

    private static InputLine of(JsonValue line) {
        JsonValue body = line.get("body").orElseThrow();
        return new InputLine(
                line.text("custom_id").orElseThrow(),
                Arrays.copyOfRange(
                        body.bytes(), body.span().start(), body.span().end()));
    }

    private static Optional<Fault> fault(JsonValue line, String endpoint) {
        String id = line.text("custom_id").orElse("");
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            return Optional.of(Fault.of(
                    line.get("custom_id").isEmpty() ? "missing_required_parameter" : "invalid_value",
                    "'custom_id' must be a text of 1 to " + LONGEST_ID + " characters.",
                    "custom_id"));
        }
        if (!line.text("method").equals(Optional.of("POST"))) {
            return Optional.of(Fault.of("invalid_method", "'method' must be 'POST'.", "method"));
        }
        if (!line.text("url").equals(Optional.of(endpoint))) {
            return Optional.of(
                    Fault.of("mismatched_url", "'url' must be the endpoint of the batch, " + endpoint + ".", "url"));
        }
        if (line.get("body").filter(body -> body.is(Kind.OBJECT)).isEmpty()) {
            return Optional.of(Fault.of("invalid_body", "'body' must be an object.", "body"));
        }
        return Optional.empty();
    }

    /** Whether its answer would be a stream, which has no place in a line. */
    boolean wantsStream() {
        return JsonValue.ofObject(body)
                .filter(members -> members.isTrue("stream"))
                .isPresent();
    }

    /** Without what it says: this text may reach a log. */
    @Override
    public String toString() {
        return "InputLine of " + body.length + " bytes";
    }
}
