package ai.exaone.gateway.openai;

import ai.exaone.errors.PlatformException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a request's body in one pass over its tokens and checks what OpenAI defines: types and ranges of known fields. Unknown
 * fields pass.
 */
public final class RequestReader {
    private static final int MOST_FIELDS = 200;
    private static final int MOST_MODEL_NAME = 128;

    private RequestReader() {}

    /**
     * Reads a body.
     *
     * @param body UTF-8; kept by the result, so not to be changed
     * @throws PlatformException with an {@link OpenAiReason}, naming the parameter at fault where there is one
     */
    public static InferenceRequest read(Endpoint endpoint, byte[] body) {
        JsonMembers members = members(rules(endpoint), body);
        String model = model(body, members);
        for (String field : requiredFields(endpoint)) {
            if (members.value(field).isEmpty()) {
                throw Faults.missing(field);
            }
        }
        boolean stream = endpoint.generates() && isTrue(body, members, "stream");
        return new InferenceRequest(
                endpoint,
                body,
                members,
                model,
                stream,
                stream && usageWanted(body, members),
                outputTokens(body, members),
                choices(endpoint, body, members));
    }

    /** The object that a body is, whatever its fields are. */
    static JsonMembers object(byte[] body) {
        return members(Map.of(), body);
    }

    private static JsonMembers members(Map<String, FieldRule> rules, byte[] body) {
        if (!startsAsUtf8(body)) {
            throw notJson();
        }
        int[] fields = new int[1];
        try (JsonParser parser = Json.strictParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw notJson();
            }
            JsonMembers members = JsonMembers.read(body, parser, 0, (name, value) -> {
                if (++fields[0] > MOST_FIELDS) {
                    throw Faults.value(name, "a request has at most " + MOST_FIELDS + " fields.");
                }
                FieldRule rule = rules.get(name);
                if (rule == null) {
                    value.skipChildren();
                } else {
                    rule.check(name, value);
                }
            });
            if (parser.nextToken() != null) {
                throw notJson();
            }
            return members;
        } catch (IOException | IllegalStateException malformed) {
            throw notJson();
        }
    }

    private static Map<String, FieldRule> rules(Endpoint endpoint) {
        return switch (endpoint) {
            case CHAT_COMPLETIONS -> ChatFields.RULES;
            case COMPLETIONS -> CompletionFields.RULES;
            case EMBEDDINGS -> EmbeddingFields.RULES;
            case RERANK -> RerankFields.RULES;
        };
    }

    private static List<String> requiredFields(Endpoint endpoint) {
        return switch (endpoint) {
            case CHAT_COMPLETIONS -> List.of("messages");
            case COMPLETIONS -> List.of("prompt");
            case EMBEDDINGS -> List.of("input");
            case RERANK -> List.of("query", "documents");
        };
    }

    /** Answers that the engine writes: for each prompt as many as are asked for. */
    private static int choices(Endpoint endpoint, byte[] body, JsonMembers members) {
        int choices = number(body, members, "n");
        if (endpoint == Endpoint.COMPLETIONS) {
            int written = Math.max(choices, number(body, members, "best_of"));
            return written * CompletionFields.prompts(body, members);
        }
        return choices;
    }

    private static int number(byte[] body, JsonMembers members, String name) {
        OptionalLong number = integer(body, members, name);
        return number.isPresent() ? Math.toIntExact(number.getAsLong()) : 1;
    }

    private static String model(byte[] body, JsonMembers members) {
        Span span = members.value("model").orElseThrow(() -> Faults.missing("model"));
        if (body[span.start()] != '"') {
            throw Faults.of(OpenAiReason.PARAMETER_TYPE, "model", "Invalid type for 'model': expected a string.");
        }
        String model = JsonText.of(body, span);
        if (model.isEmpty() || model.length() > MOST_MODEL_NAME) {
            throw Faults.value("model", "expected a name of 1 to " + MOST_MODEL_NAME + " characters.");
        }
        return model;
    }

    private static boolean usageWanted(byte[] body, JsonMembers members) {
        return members.present(body, "stream_options")
                .flatMap(options -> JsonMembers.of(body, options))
                .filter(options -> isTrue(body, options, "include_usage"))
                .isPresent();
    }

    private static OptionalLong outputTokens(byte[] body, JsonMembers members) {
        OptionalLong completion = integer(body, members, "max_completion_tokens");
        OptionalLong tokens = integer(body, members, "max_tokens");
        if (completion.isPresent() && tokens.isPresent()) {
            throw Faults.value("max_tokens", "it cannot be sent together with 'max_completion_tokens'.");
        }
        return completion.isPresent() ? completion : tokens;
    }

    private static OptionalLong integer(byte[] body, JsonMembers members, String name) {
        Optional<Span> value = members.present(body, name);
        return value.isPresent() ? OptionalLong.of(Long.parseLong(value.get().text(body))) : OptionalLong.empty();
    }

    private static boolean isTrue(byte[] body, JsonMembers members, String name) {
        return members.value(name).filter(span -> body[span.start()] == 't').isPresent();
    }

    /** JSON that the engine would read as UTF-8 too: no byte order mark, no UTF-16 or UTF-32. */
    private static boolean startsAsUtf8(byte[] body) {
        return body.length >= 2 && body[0] > 0 && body[1] != 0;
    }

    private static PlatformException notJson() {
        return new PlatformException(
                OpenAiReason.REQUEST_NOT_JSON,
                "We could not parse the JSON body of your request: it must be one JSON object in UTF-8, "
                        + "without repeated names, and not nested too deeply.");
    }
}
