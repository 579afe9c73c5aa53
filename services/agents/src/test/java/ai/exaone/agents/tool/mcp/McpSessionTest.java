package ai.exaone.agents.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.agents.agent.ToolDeclaration.McpServer;
import ai.exaone.agents.tool.ToolCallRequest;
import ai.exaone.agents.tool.ToolError;
import ai.exaone.agents.tool.outbound.AddressPolicy;
import ai.exaone.agents.tool.outbound.CidrRange;
import ai.exaone.agents.tool.outbound.HostResolver;
import ai.exaone.agents.tool.outbound.OutboundClient;
import ai.exaone.errors.PlatformException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class McpSessionTest {
    private static final AddressPolicy LOOPBACK = new AddressPolicy(List.of(CidrRange.of("127.0.0.1/32")));

    @AutoClose
    private final ScriptedMcpServer server = new ScriptedMcpServer();

    @AutoClose
    private final OutboundClient client = new OutboundClient(LOOPBACK, HostResolver.system(), 1 << 20);

    @Test
    void aSessionIsOpenedOnceAndEnded() {
        try (var session = session(List.of())) {
            McpTool tool = session.tools().getFirst();
            tool.call(request());
            tool.call(request());
        }

        assertThat(server.methods())
                .containsExactly(
                        "initialize", "notifications/initialized", "tools/list", "tools/call", "tools/call", "DELETE");
        assertThat(server.versions()).last().isEqualTo("2025-06-18");
        assertThat(server.keys()).containsExactly("key-1", "key-1");
    }

    @Test
    void onlyAllowedToolsAreSeen() {
        try (var session = session(List.of("second"))) {
            assertThat(session.tools())
                    .extracting(tool -> tool.specification().name())
                    .containsExactly("s_second");
        }
    }

    @Test
    void allPagesAreRead() {
        server.paged();
        try (var session = session(List.of())) {
            assertThat(session.tools())
                    .extracting(tool -> tool.specification().name())
                    .containsExactly("s_first", "s_second");
        }
    }

    @Test
    void aForgottenSessionIsOpenedAgain() {
        try (var session = session(List.of())) {
            McpTool tool = session.tools().getFirst();
            server.forgetSessions();

            assertThat(tool.call(request())).isEqualTo("done");
        }
    }

    @Test
    void eventsAreReadUpToTheAnswerAndQuestionsAreAnswered() {
        server.streaming();
        try (var session = session(List.of())) {
            assertThat(session.tools().getFirst().call(request())).isEqualTo("done");
            assertThat(server.answered()).contains("\"result\":{}").contains("-32601");
        }
    }

    @Test
    void aStreamWithoutAnAnswerIsAFailure() {
        try (var session = session(List.of())) {
            McpTool tool = session.tools().getFirst();
            server.breakOff();
            var failure = catchThrowableOfType(PlatformException.class, () -> tool.call(request()));

            assertThat(failure.reason()).isEqualTo(ToolError.TOOL_SERVER_INVALID);
        }
    }

    @Test
    void anEchoedSecretStaysOut() {
        server.echoSecret();
        try (var session = session(List.of())) {
            assertThat(session.tools().getFirst().call(request())).isEqualTo("you sent Bearer ${secret.TOKEN}");
        }
    }

    @Test
    void whatIsNoMcpServerSaysSo() {
        server.notMcp();
        try (var session = session(List.of())) {
            var failure = catchThrowableOfType(PlatformException.class, session::tools);

            assertThat(failure.reason()).isEqualTo(ToolError.TOOL_SERVER_INVALID);
            assertThat(failure.reason().retryable()).isTrue();
        }
    }

    private McpSession session(List<String> allow) {
        var declaration = new McpServer(
                "s",
                server.url(),
                Map.of("Authorization", "Bearer ${secret.TOKEN}"),
                allow,
                Set.of(),
                Duration.ofSeconds(10));
        return new McpSession(
                declaration,
                new ProjectScope("tnt_1", "prj_1"),
                (scope, names) -> Map.of("TOKEN", "tok-12345"),
                client);
    }

    private static ToolCallRequest request() {
        return new ToolCallRequest((ObjectNode) JsonMapper.shared().readTree("{}"), "key-1", Duration.ofSeconds(10));
    }
}
