package ai.exaone.gateway.openai.tools;

/**
 * A tool that a request offers.
 *
 * @param description for the model; may be empty
 * @param parameters JSON schema of its arguments, as the caller wrote it
 */
record ToolDefinition(String name, String description, String parameters) {
    /** The schema of a tool that names none. */
    static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";
}
