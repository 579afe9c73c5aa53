package ai.exaone.agents.agent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What an agent is: made only by {@link SpecificationReader}, from a document that it found right.
 *
 * @param name the agent's name, as in {@code agent/NAME}
 * @param model the model that is called
 * @param digest SHA-256 of the document's meaning, 64 hex digits
 */
public record AgentSpecification(
        String name,
        String description,
        String model,
        String instructions,
        ModelParameters parameters,
        List<ToolDeclaration> tools,
        RunLimits limits,
        String digest) {
    public AgentSpecification {
        tools = List.copyOf(tools);
    }

    /** The declared HTTP tool of this name. */
    public Optional<ToolDeclaration.HttpTool> httpTool(String toolName) {
        return tools.stream()
                .filter(ToolDeclaration.HttpTool.class::isInstance)
                .map(ToolDeclaration.HttpTool.class::cast)
                .filter(tool -> tool.name().equals(toolName))
                .findFirst();
    }

    /** The declared MCP servers, in the order of the document. */
    public List<ToolDeclaration.McpServer> mcpServers() {
        return tools.stream()
                .filter(ToolDeclaration.McpServer.class::isInstance)
                .map(ToolDeclaration.McpServer.class::cast)
                .toList();
    }

    /**
     * How the model answers; absent values are left to the model's own defaults.
     *
     * @param temperature 0 to 2
     * @param maxOutputTokens most tokens of one answer
     */
    public record ModelParameters(OptionalDouble temperature, OptionalInt maxOutputTokens) {}

    /**
     * Where a run ends although it is not done.
     *
     * @param steps most model calls and tool calls together
     * @param duration longest time from the run's start
     * @param tokens most tokens of input and output together
     */
    public record RunLimits(int steps, Duration duration, long tokens) {
        public static final RunLimits DEFAULT = new RunLimits(20, Duration.ofMinutes(10), 200_000);

        public RunLimits {
            if (steps < 1 || tokens < 1 || !duration.isPositive()) {
                throw new IllegalArgumentException("Limits are positive");
            }
        }
    }
}
