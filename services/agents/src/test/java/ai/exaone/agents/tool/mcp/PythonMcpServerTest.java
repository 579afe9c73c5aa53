package ai.exaone.agents.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Our client against the official SDK's server, which answers with JSON or with events. */
@Tag("server")
class PythonMcpServerTest {
    @ParameterizedTest
    @ValueSource(strings = {"json", "events"})
    void toolsAreListedAndCalled(String answers) {
        var started = PythonMcpServer.start(answers);
        assumeTrue(started.isPresent(), "The Python SDK cannot be installed here");
        var policy = new AddressPolicy(List.of(CidrRange.of("127.0.0.1/32")));
        try (var python = started.get();
                var client = new OutboundClient(policy, HostResolver.system(), 1 << 20);
                var session = new McpSession(
                        new McpServer(
                                "stock", python.url(), Map.of(), List.of(), Set.of("count"), Duration.ofSeconds(20)),
                        new ProjectScope("tnt_1", "prj_1"),
                        (scope, names) -> Map.of(),
                        client)) {
            List<McpTool> tools = session.tools();

            assertThat(tools)
                    .extracting(tool -> tool.specification().name())
                    .containsExactlyInAnyOrder("stock_count", "stock_broken");
            McpTool count = named(tools, "stock_count");
            assertThat(count.repeatable()).isTrue();
            assertThat(count.specification().description()).isEqualTo("Counts an item in stock.");
            assertThat(count.call(request("{\"item\":\"bolt\"}"))).isEqualTo("bolt: 7");
            var failure = catchThrowableOfType(
                    PlatformException.class, () -> named(tools, "stock_broken").call(request("{}")));
            assertThat(failure.reason()).isEqualTo(ToolError.TOOL_ANSWERED_ERROR);
        }
    }

    private static McpTool named(List<McpTool> tools, String name) {
        return tools.stream()
                .filter(tool -> tool.specification().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ToolCallRequest request(String arguments) {
        return new ToolCallRequest(
                (ObjectNode) JsonMapper.shared().readTree(arguments), "key-1", Duration.ofSeconds(20));
    }
}
