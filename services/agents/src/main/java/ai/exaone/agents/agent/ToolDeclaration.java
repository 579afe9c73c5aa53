package ai.exaone.agents.agent;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A tool as a specification declares it. */
public sealed interface ToolDeclaration {
    /** Unique among the declarations of an agent. */
    String name();

    /** Headers by name; values may hold {@code ${secret.NAME}}. */
    Map<String, String> headers();

    /** Longest time of one call. */
    Duration timeout();

    /**
     * One HTTP call.
     *
     * @param method an upper-case HTTP method
     * @param url may hold {@code {argument}} behind its authority
     * @param parameters JSON Schema of the arguments, as JSON
     * @param repeatable whether a call whose outcome is unknown may be sent again with the same idempotency key
     */
    record HttpTool(
            String name,
            String description,
            String method,
            String url,
            Map<String, String> headers,
            String parameters,
            boolean repeatable,
            Duration timeout)
            implements ToolDeclaration {
        public HttpTool {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * A server whose tools the model sees.
     *
     * @param allow the tools that may be called; empty means all
     * @param repeatable the tools whose call may be sent again when its outcome is unknown
     */
    record McpServer(
            String name,
            String url,
            Map<String, String> headers,
            List<String> allow,
            Set<String> repeatable,
            Duration timeout)
            implements ToolDeclaration {
        public McpServer {
            headers = Map.copyOf(headers);
            allow = List.copyOf(allow);
            repeatable = Set.copyOf(repeatable);
        }

        /** Whether the model may call this tool of the server. */
        public boolean allows(String tool) {
            return allow.isEmpty() || allow.contains(tool);
        }
    }
}
