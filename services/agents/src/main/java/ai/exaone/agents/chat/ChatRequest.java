package ai.exaone.agents.chat;

import ai.exaone.agents.run.RunEvent.InputMessage;
import ai.exaone.errors.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chat completion that an agent is asked for. How the model answers is the agent's own matter: temperature, token limits and the
 * like are not looked at, and what would change what an agent is (instructions, tools, formats) is refused.
 *
 * @param agent the name behind {@code agent/}
 * @param usage whether a streamed answer ends with its usage
 */
record ChatRequest(String agent, List<InputMessage> messages, boolean stream, boolean usage) {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String PREFIX = "agent/";
    private static final Set<String> REFUSED =
            Set.of("tools", "tool_choice", "functions", "function_call", "audio", "modalities", "prediction");

    ChatRequest {
        messages = List.copyOf(messages);
    }

    /**
     * @throws PlatformException with a {@link ChatError}, naming the field at fault
     */
    static ChatRequest read(byte[] body) {
        JsonNode root = parse(body);
        String model = root.path("model").asString("");
        if (!model.startsWith(PREFIX)) {
            throw new PlatformException(ChatError.MODEL_NOT_FOUND, "The model is not called agent/NAME.");
        }
        refuse(root);
        List<InputMessage> messages = new ArrayList<>();
        JsonNode written = root.path("messages");
        if (!written.isArray() || written.isEmpty()) {
            throw wrong("messages", "A chat has messages.");
        }
        for (int index = 0; index < written.size(); index++) {
            messages.add(message(written.get(index), "messages[" + index + "]"));
        }
        if (!messages.getLast().role().equals("user")) {
            throw wrong("messages", "The last message is the user's.");
        }
        return new ChatRequest(
                model.substring(PREFIX.length()),
                messages,
                root.path("stream").asBoolean(false),
                root.path("stream_options").path("include_usage").asBoolean(false));
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode root = MAPPER.readTree(body);
            if (root.isObject()) {
                return root;
            }
        } catch (JacksonException malformed) {
            throw notJson(malformed);
        }
        throw notJson(new IllegalArgumentException("The body is no object"));
    }

    private static void refuse(JsonNode root) {
        for (String field : REFUSED) {
            JsonNode value = root.path(field);
            boolean absent = value.isMissingNode() || value.isNull() || (value.isArray() && value.isEmpty());
            if (!absent) {
                throw unsupported(field, "An agent has its own tools and formats; `" + field + "` cannot be set.");
            }
        }
        if (root.path("n").asInt(1) != 1) {
            throw unsupported("n", "An agent gives one answer.");
        }
        String format = root.path("response_format").path("type").asString("text");
        if (!format.equals("text")) {
            throw unsupported("response_format", "An agent answers with text.");
        }
    }

    private static InputMessage message(JsonNode message, String path) {
        String role = message.path("role").asString("");
        if (!role.equals("user") && !role.equals("assistant")) {
            throw wrong(
                    path + ".role", "An agent has its own instructions: messages are the user's and the assistant's.");
        }
        if (message.path("tool_calls").size() > 0) {
            throw wrong(path + ".tool_calls", "An agent's tools are its own: an assistant's message has text only.");
        }
        String content = text(message.path("content"), path + ".content");
        if (content.isBlank()) {
            throw wrong(path + ".content", "A message has content.");
        }
        return new InputMessage(role, content);
    }

    private static String text(JsonNode content, String path) {
        if (content.isString()) {
            return content.asString();
        }
        if (!content.isArray()) {
            throw wrong(path, "Content is text, or a list of text parts.");
        }
        var text = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("type").asString("").equals("text")) {
                throw wrong(path, "An agent takes text only.");
            }
            text.append(part.path("text").asString(""));
        }
        return text.toString();
    }

    private static PlatformException wrong(String field, String sentence) {
        return PlatformException.because(ChatError.PARAMETER_VALUE, sentence)
                .violation(field, sentence)
                .build();
    }

    private static PlatformException unsupported(String field, String sentence) {
        return PlatformException.because(ChatError.UNSUPPORTED_PARAMETER, sentence)
                .violation(field, sentence)
                .build();
    }

    private static PlatformException notJson(RuntimeException cause) {
        return PlatformException.because(ChatError.REQUEST_NOT_JSON, "The body is not a JSON object.")
                .cause(cause)
                .build();
    }
}
