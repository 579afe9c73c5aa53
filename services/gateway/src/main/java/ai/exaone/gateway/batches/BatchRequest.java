package ai.exaone.gateway.batches;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.files.FileUpload;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.JsonValue.Kind;
import ai.exaone.gateway.openai.OpenAiReason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller asks for when it creates a batch.
 *
 * @param metadata a JSON object, or {@code null} in JSON
 * @param outputRetention how long its results are to be kept
 */
record BatchRequest(String inputFileId, String endpoint, String metadata, Optional<Duration> outputRetention) {
    /** The paths that lines may call. */
    static final Set<String> ENDPOINTS =
            Set.of("/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/responses");

    private static final String INPUT = "input_file_id";
    private static final String ENDPOINT = "endpoint";
    private static final String WINDOW = "completion_window";
    private static final String METADATA = "metadata";
    private static final String OUTPUT_EXPIRES = "output_expires_after";
    private static final Set<String> FIELDS = Set.of(INPUT, ENDPOINT, WINDOW, METADATA, OUTPUT_EXPIRES);
    private static final String ONLY_WINDOW = "24h";
    private static final int LONGEST_ID = 64;
    private static final int MOST_PAIRS = 16;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 512;

    /**
     * Reads a request.
     *
     * @throws PlatformException with an {@link OpenAiReason}
     */
    static BatchRequest read(byte[] body) {
        JsonValue request = JsonValue.ofRequest(body);
        Map<String, JsonValue> members = request.members();
        members.keySet().stream()
                .filter(name -> !FIELDS.contains(name))
                .findFirst()
                .ifPresent(unknown -> {
                    throw refused(OpenAiReason.PARAMETER_UNSUPPORTED, unknown, "Unknown parameter: '" + unknown + "'.");
                });
        String endpoint = text(request, ENDPOINT);
        if (!ENDPOINTS.contains(endpoint)) {
            throw wrong(
                    ENDPOINT,
                    "'endpoint' must be one of "
                            + String.join(", ", ENDPOINTS.stream().sorted().toList()) + ".");
        }
        if (!text(request, WINDOW).equals(ONLY_WINDOW)) {
            throw wrong(WINDOW, "'completion_window' must be '24h'.");
        }
        String input = text(request, INPUT);
        if (input.length() > LONGEST_ID) {
            throw wrong(INPUT, "'input_file_id' must be the id of a file.");
        }
        return new BatchRequest(
                input, endpoint, metadata(request), request.get(OUTPUT_EXPIRES).map(BatchRequest::retention));
    }

    private static String text(JsonValue request, String name) {
        JsonValue value = request.get(name)
                .orElseThrow(() ->
                        refused(OpenAiReason.PARAMETER_MISSING, name, "Missing required parameter: '" + name + "'."));
        if (!value.is(Kind.STRING)) {
            throw refused(OpenAiReason.PARAMETER_TYPE, name, "'" + name + "' must be a string.");
        }
        return value.text();
    }

    private static String metadata(JsonValue request) {
        Optional<JsonValue> metadata = request.get(METADATA);
        if (metadata.isEmpty()) {
            return "null";
        }
        Map<String, JsonValue> pairs = metadata.get().members();
        boolean wellMade = metadata.get().is(Kind.OBJECT)
                && pairs.size() <= MOST_PAIRS
                && pairs.entrySet().stream().allMatch(BatchRequest::isPair);
        if (!wellMade) {
            throw wrong(
                    METADATA,
                    "'metadata' must be an object of at most " + MOST_PAIRS + " strings, with names of at most "
                            + LONGEST_NAME + " and values of at most " + LONGEST_VALUE + " characters.");
        }
        return metadata.get().json();
    }

    private static boolean isPair(Map.Entry<String, JsonValue> pair) {
        return pair.getKey().length() <= LONGEST_NAME
                && pair.getValue().is(Kind.STRING)
                && pair.getValue().text().length() <= LONGEST_VALUE;
    }

    private static Duration retention(JsonValue expires) {
        if (!expires.text("anchor").equals(Optional.of("created_at"))) {
            throw wrong(OUTPUT_EXPIRES + ".anchor", "'output_expires_after.anchor' must be 'created_at'.");
        }
        return FileUpload.retention(
                OUTPUT_EXPIRES + ".seconds",
                expires.get("seconds").map(JsonValue::json).orElse(""));
    }

    private static PlatformException wrong(String parameter, String why) {
        return refused(OpenAiReason.PARAMETER_VALUE, parameter, why);
    }

    private static PlatformException refused(OpenAiReason reason, String parameter, String why) {
        return PlatformException.because(reason, why)
                .violation(parameter, "Not allowed.")
                .build();
    }
}
