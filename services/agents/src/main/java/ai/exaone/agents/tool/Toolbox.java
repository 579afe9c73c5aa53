package ai.exaone.agents.tool;

import ai.exaone.agents.tool.mcp.McpSession;
import ai.exaone.errors.PlatformException;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The tools of one agent, open for one lease of one run. For one thread. */
public final class Toolbox implements AutoCloseable {
    private final Map<String, Tool> tools;
    private final List<McpSession> sessions;
    private final ArgumentCheck arguments;

    Toolbox(List<Tool> tools, List<McpSession> sessions, ArgumentCheck arguments) {
        this.tools = new LinkedHashMap<>();
        // Of two tools that the model would see under one name, the first declared is it.
        tools.forEach(tool -> this.tools.putIfAbsent(tool.specification().name(), tool));
        this.sessions = List.copyOf(sessions);
        this.arguments = arguments;
    }

    /** How the model sees the tools, in the order of their declaration. */
    public List<ToolSpecification> specifications() {
        return tools.values().stream().map(Tool::specification).toList();
    }

    /**
     * The tool of a name.
     *
     * @throws PlatformException TOOL_UNKNOWN
     */
    public Tool require(String name) {
        Tool tool = tools.get(name);
        if (tool == null) {
            throw new PlatformException(
                    ToolError.TOOL_UNKNOWN,
                    "There is no tool called " + name + "; there are: " + String.join(", ", tools.keySet()) + ".");
        }
        return tool;
    }

    /**
     * Arguments that fit a tool.
     *
     * @throws PlatformException TOOL_ARGUMENTS_INVALID
     */
    public ObjectNode check(Tool tool, String written) {
        return arguments.check(tool, written);
    }

    @Override
    public void close() {
        sessions.forEach(McpSession::close);
    }
}
