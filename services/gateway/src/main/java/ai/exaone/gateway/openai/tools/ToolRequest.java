package ai.exaone.gateway.openai.tools;

import ai.exaone.gateway.openai.Faults;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.openai.JsonArray;
import ai.exaone.gateway.openai.JsonMembers;
import ai.exaone.gateway.openai.JsonText;
import ai.exaone.gateway.openai.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a request says about tools.
 *
 * @param parallel whether several may be called at once
 */
record ToolRequest(List<ToolDefinition> tools, ToolChoice choice, boolean parallel) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    ToolRequest {
        tools = List.copyOf(tools);
    }

    /**
     * Reads a request.
     *
     * @throws ai.exaone.errors.PlatformException PARAMETER_VALUE when two tools have one name, or a tool is named that is not offered
     */
    static ToolRequest read(InferenceRequest request) {
        byte[] body = request.body();
        List<ToolDefinition> tools = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<Span> items =
                request.field("tools").map(span -> JsonArray.items(body, span)).orElse(List.of());
        for (int i = 0; i < items.size(); i++) {
            ToolDefinition tool = tool(body, items.get(i));
            String parameter = "tools[" + i + "].function.name";
            if (!NAME.matcher(tool.name()).matches()) {
                throw Faults.value(parameter, "expected 1 to 64 letters, digits, underscores and dashes.");
            }
            if (!names.add(tool.name())) {
                throw Faults.value(parameter, "there are two tools of this name.");
            }
            tools.add(tool);
        }
        ToolChoice choice = tools.isEmpty() ? new ToolChoice.None() : choice(request, names);
        boolean parallel = request.field("parallel_tool_calls")
                .filter(span -> body[span.start()] == 'f')
                .isEmpty();
        return new ToolRequest(tools, choice, parallel);
    }

    /** The tools that may be called. */
    List<ToolDefinition> callable() {
        return switch (choice) {
            case ToolChoice.Auto ignored -> tools;
            case ToolChoice.Required ignored -> tools;
            case ToolChoice.Named(String name) ->
                tools.stream().filter(tool -> tool.name().equals(name)).toList();
            case ToolChoice.None ignored -> List.of();
        };
    }

    private static ToolDefinition tool(byte[] body, Span span) {
        JsonMembers function = member(body, span, "function").orElseThrow();
        return new ToolDefinition(
                text(body, function, "name").orElseThrow(),
                text(body, function, "description").orElse(""),
                function.present(body, "parameters")
                        .map(parameters -> parameters.text(body))
                        .orElse(ToolDefinition.NO_PARAMETERS));
    }

    private static ToolChoice choice(InferenceRequest request, Set<String> names) {
        Optional<Span> span = request.field("tool_choice");
        if (span.isEmpty()) {
            return new ToolChoice.Auto();
        }
        Optional<String> word = request.text("tool_choice");
        if (word.isPresent()) {
            return switch (word.get()) {
                case "none" -> new ToolChoice.None();
                case "required" -> new ToolChoice.Required();
                default -> new ToolChoice.Auto();
            };
        }
        String named = member(request.body(), span.get(), "function")
                .flatMap(function -> text(request.body(), function, "name"))
                .orElse("");
        if (!names.contains(named)) {
            throw Faults.value("tool_choice", "there is no tool '" + named + "' among the tools.");
        }
        return new ToolChoice.Named(named);
    }

    private static Optional<JsonMembers> member(byte[] body, Span object, String name) {
        return JsonMembers.of(body, object)
                .flatMap(members -> members.present(body, name))
                .flatMap(span -> JsonMembers.of(body, span));
    }

    private static Optional<String> text(byte[] body, JsonMembers members, String name) {
        return members.present(body, name)
                .filter(span -> body[span.start()] == '"')
                .map(span -> JsonText.of(body, span));
    }
}
