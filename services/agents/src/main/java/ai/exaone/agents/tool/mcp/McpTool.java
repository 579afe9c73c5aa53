package ai.exaone.agents.tool.mcp;

import ai.exaone.agents.agent.ToolDeclaration.McpServer;
import ai.exaone.agents.tool.Tool;
import ai.exaone.agents.tool.ToolCallRequest;
import ai.exaone.agents.tool.ToolSpecifications;
import dev.langchain4j.agent.tool.ToolSpecification;

/** One tool of a server. The model sees it as {@code SERVER_TOOL}. Thread-safe. */
public final class McpTool implements Tool {
    private static final int LONGEST_NAME = 64;

    private final McpServer server;
    private final McpSession session;
    private final Listed listed;
    private final ToolSpecification specification;

    /**
     * What a server says of a tool.
     *
     * @param parameters JSON Schema of its arguments, as JSON
     */
    record Listed(String name, String description, String parameters) {}

    McpTool(McpServer server, McpSession session, Listed listed) {
        this.server = server;
        this.session = session;
        this.listed = listed;
        this.specification = ToolSpecifications.of(
                visibleName(server.name(), listed.name()), listed.description(), listed.parameters());
    }

    @Override
    public ToolSpecification specification() {
        return specification;
    }

    @Override
    public String parameters() {
        return listed.parameters();
    }

    @Override
    public boolean repeatable() {
        return server.repeatable().contains(listed.name());
    }

    @Override
    public String call(ToolCallRequest request) {
        return session.call(
                listed.name(), request.arguments(), request.idempotencyKey(), request.timeout(server.timeout()));
    }

    private static String visibleName(String server, String tool) {
        String name = server + "_" + tool.replaceAll("[^a-zA-Z0-9_-]", "_");
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
