package ai.exaone.agents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.agents.agent.SpecificationReader;
import ai.exaone.agents.agent.SpecificationSchema;
import ai.exaone.proto.agents.v1.Agent;
import ai.exaone.proto.agents.v1.Run;
import ai.exaone.proto.agents.v1.WatchRunResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agents in {@code examples/}. */
@Tag("server")
class ExamplesTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("exaone.root"), "examples");

    @ParameterizedTest
    @ValueSource(strings = {"greeter", "order-desk"})
    void anExampleHasNoMistake(String name) throws IOException {
        var agent = new SpecificationReader(new SpecificationSchema()).read(specification(name), name);

        assertThat(agent.name()).isEqualTo(name);
    }

    @Test
    void theOrderDeskCancelsAnOrder() throws Exception {
        Process service = new ProcessBuilder(
                        "python3",
                        EXAMPLES.resolve("order-desk/orders.py").toString(),
                        "--port",
                        "0",
                        "--token",
                        "t-12345")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var platform = new AgentsPlatform()) {
            var output = new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8));
            String port = output.readLine().replaceAll(".*127\\.0\\.0\\.1:([0-9]+)/.*", "$1");
            platform.identity.secret("ORDERS_TOKEN", "t-12345");
            Agent agent = platform.deployed(
                    "order-desk", specification("order-desk").replace("127.0.0.1:8765", "127.0.0.1:" + port));
            platform.model.script(body -> switch ((int) ScriptedModel.toolResults(body)) {
                case 0 -> new ScriptedModel.Answer.Calls("get_order", "{\"order_id\":\"1002\"}");
                case 1 ->
                    new ScriptedModel.Answer.Calls("cancel_order", "{\"order_id\":\"1002\",\"reason\":\"too big\"}");
                default -> new ScriptedModel.Answer.Text("It is cancelled.");
            });

            Run run = platform.run(agent, "Cancel order 1002.");
            List<WatchRunResponse> told = platform.watch(run);

            assertThat(told)
                    .filteredOn(response -> response.getRunEvent().hasToolCallCompleted())
                    .extracting(response ->
                            response.getRunEvent().getToolCallCompleted().getResult())
                    .containsExactly(
                            "{\"id\": \"1002\", \"item\": \"office chair\", \"state\": \"packed\"}",
                            "{\"id\": \"1002\", \"item\": \"office chair\", \"state\": \"cancelled\"}");
        } finally {
            service.destroy();
        }
    }

    private static String specification(String name) throws IOException {
        return Files.readString(EXAMPLES.resolve(name).resolve("agent.yaml"));
    }
}
