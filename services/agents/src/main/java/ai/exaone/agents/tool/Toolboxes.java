package ai.exaone.agents.tool;

import ai.exaone.agents.agent.AgentSpecification;
import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.agents.agent.ToolDeclaration;
import ai.exaone.agents.tool.http.HttpCallTool;
import ai.exaone.agents.tool.mcp.McpSession;
import ai.exaone.agents.tool.outbound.OutboundClient;
import java.util.ArrayList;
import java.util.List;

/** Opens the tools that specifications declare. Thread-safe. */
public final class Toolboxes {
    private final OutboundClient client;
    private final Secrets secrets;
    private final ArgumentCheck arguments = new ArgumentCheck();

    public Toolboxes(OutboundClient client, Secrets secrets) {
        this.client = client;
        this.secrets = secrets;
    }

    /**
     * The tools of an agent. Servers are asked what they have.
     *
     * @throws ai.exaone.errors.PlatformException if a server cannot be asked
     */
    public Toolbox open(ProjectScope scope, AgentSpecification specification) {
        List<Tool> tools = new ArrayList<>();
        List<McpSession> sessions = new ArrayList<>();
        try {
            for (ToolDeclaration declaration : specification.tools()) {
                switch (declaration) {
                    case ToolDeclaration.HttpTool http -> tools.add(new HttpCallTool(http, scope, secrets, client));
                    case ToolDeclaration.McpServer server -> {
                        var session = new McpSession(server, scope, secrets, client);
                        sessions.add(session);
                        tools.addAll(session.tools());
                    }
                }
            }
        } catch (RuntimeException failure) {
            sessions.forEach(McpSession::close);
            throw failure;
        }
        return new Toolbox(tools, sessions, arguments);
    }
}
