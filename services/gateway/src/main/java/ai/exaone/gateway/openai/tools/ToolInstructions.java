package ai.exaone.gateway.openai.tools;

/** What the model is told about its tools. */
final class ToolInstructions {
    private static final String CALL_FORM = "{\"tool_calls\":[{\"name\":\"TOOL\",\"arguments\":{...}}]}";

    private ToolInstructions() {}

    static String of(ToolRequest request) {
        return switch (request.choice()) {
            case ToolChoice.None ignored -> "";
            case ToolChoice.Auto ignored ->
                tools(request) + "Answer in JSON. If a tool helps, call it: " + CALL_FORM
                        + ". Otherwise answer the user: {\"answer\":\"...\"}.";
            case ToolChoice.Required ignored ->
                tools(request) + "Answer in JSON by calling the right tool: " + CALL_FORM + ".";
            case ToolChoice.Named(String name) ->
                tools(request) + "Answer in JSON by calling the tool " + name + ": " + CALL_FORM + ".";
        };
    }

    private static String tools(ToolRequest request) {
        StringBuilder text = new StringBuilder("You have these tools. Arguments follow the JSON schema given.\n");
        for (ToolDefinition tool : request.callable()) {
            text.append("- ").append(tool.name());
            if (!tool.description().isBlank()) {
                text.append(": ").append(tool.description().strip());
            }
            text.append(" Arguments: ").append(tool.parameters()).append('\n');
        }
        return text.toString();
    }
}
