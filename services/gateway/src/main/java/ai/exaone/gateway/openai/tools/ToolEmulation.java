package ai.exaone.gateway.openai.tools;

import ai.exaone.gateway.openai.AnswerMapping;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.openai.JsonArray;
import ai.exaone.gateway.openai.JsonMembers;
import ai.exaone.gateway.openai.JsonText;
import ai.exaone.gateway.openai.Span;
import ai.exaone.gateway.openai.Splice.Edit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One request's tools, on an engine that has none. */
public final class ToolEmulation {
    private static final List<String> TOOL_FIELDS = List.of("tools", "tool_choice", "parallel_tool_calls");

    private final InferenceRequest request;
    private final ToolRequest tools;
    private final Supplier<String> callIds;

    private ToolEmulation(InferenceRequest request, ToolRequest tools, Supplier<String> callIds) {
        this.request = request;
        this.tools = tools;
        this.callIds = callIds;
    }

    /**
     * The emulation that a request needs, if it speaks of tools at all.
     *
     * @param callIds makes ids of calls, {@code call_…}
     * @throws ai.exaone.errors.PlatformException PARAMETER_VALUE when what it says of tools does not fit together
     */
    public static Optional<ToolEmulation> of(InferenceRequest request, Supplier<String> callIds) {
        if (request.endpoint() != Endpoint.CHAT_COMPLETIONS || (!request.has("tools") && !remembersTools(request))) {
            return Optional.empty();
        }
        return Optional.of(new ToolEmulation(request, ToolRequest.read(request), callIds));
    }

    /** What is spliced into the request. */
    public List<Edit> edits() {
        List<Edit> edits = new ArrayList<>();
        Span messages = request.field("messages").orElseThrow();
        byte[] written = new ToolMessages(request.body(), messages).write(ToolInstructions.of(tools));
        edits.add(new Edit(messages, written));
        for (String field : TOOL_FIELDS) {
            request.members().value(field).ifPresent(span -> edits.add(Edit.replace(span, "null")));
        }
        if (calls()) {
            String format = new String(new ToolSchema(tools, answerSchema()).responseFormat(), StandardCharsets.UTF_8);
            Optional<Span> present = request.members().value("response_format");
            edits.add(present.map(span -> Edit.replace(span, format))
                    .orElseGet(() -> Edit.insert(
                            request.members().object().start() + 1, "\"response_format\":" + format + ",")));
        }
        return edits;
    }

    /** What is done to the answer. */
    public AnswerMapping mapping() {
        return calls() ? new ToolAnswerMapping(callIds) : AnswerMapping.NONE;
    }

    private boolean calls() {
        return !(tools.choice() instanceof ToolChoice.None);
    }

    /** The schema that the caller gave for plain answers; empty where it gave none. */
    private String answerSchema() {
        byte[] body = request.body();
        Optional<JsonMembers> format = request.field("response_format").flatMap(span -> JsonMembers.of(body, span));
        String type = format.flatMap(members -> members.present(body, "type"))
                .map(span -> JsonText.of(body, span))
                .orElse("text");
        return switch (type) {
            case "json_schema" ->
                format.flatMap(members -> members.present(body, "json_schema"))
                        .flatMap(span -> JsonMembers.of(body, span))
                        .flatMap(members -> members.present(body, "schema"))
                        .map(span -> span.text(body))
                        .orElse("");
            case "json_object" -> "{\"type\":\"object\"}";
            default -> "";
        };
    }

    /** Whether the conversation has calls or results of tools in it. */
    private static boolean remembersTools(InferenceRequest request) {
        byte[] body = request.body();
        return request.field("messages").stream()
                .flatMap(span -> JsonArray.items(body, span).stream())
                .flatMap(message -> JsonMembers.of(body, message).stream())
                .anyMatch(message -> message.present(body, "tool_calls").isPresent()
                        || message.value("tool_call_id").isPresent());
    }
}
