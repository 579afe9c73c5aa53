package ai.exaone.agents.tool.mcp;

import ai.exaone.agents.tool.ToolError;
import ai.exaone.agents.tool.outbound.OutboundResponse;
import ai.exaone.errors.PlatformException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Messages of JSON-RPC 2.0 as the protocol carries them: one JSON document, or a stream of server-sent events. */
final class JsonRpc {
    static final JsonMapper MAPPER = JsonMapper.shared();

    private JsonRpc() {}

    static ObjectNode request(long id, String method, ObjectNode params) {
        var request = notification(method).put("id", id);
        request.set("params", params);
        return request;
    }

    static ObjectNode notification(String method) {
        return MAPPER.createObjectNode().put("jsonrpc", "2.0").put("method", method);
    }

    /**
     * The result that answers a request.
     *
     * @param asked what the server asks or tells meanwhile, a message at a time
     * @throws PlatformException TOOL_ANSWERED_ERROR for an error that the server answers, TOOL_SERVER_INVALID for no answer
     */
    static JsonNode result(OutboundResponse response, long id, Consumer<JsonNode> asked) throws IOException {
        String type = response.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        JsonNode answer = type.startsWith("text/event-stream")
                ? awaitAnswer(response, id, asked)
                : message(new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
        if (!answers(answer, id)) {
            throw invalid("it does not answer the request");
        }
        if (answer.has("error")) {
            JsonNode error = answer.path("error");
            throw new PlatformException(
                    ToolError.TOOL_ANSWERED_ERROR,
                    "The server answered with error " + error.path("code").asInt(0) + ": "
                            + error.path("message").asString("no message") + ".");
        }
        return answer.path("result");
    }

    static PlatformException invalid(String what) {
        return new PlatformException(ToolError.TOOL_SERVER_INVALID, "The MCP server is not usable: " + what + ".");
    }

    private static JsonNode awaitAnswer(OutboundResponse response, long id, Consumer<JsonNode> asked)
            throws IOException {
        var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        var data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n")
                        .append(line.substring("data:".length()).strip());
            } else if (line.isEmpty() && !data.isEmpty()) {
                JsonNode message = message(data.toString());
                data.setLength(0);
                if (answers(message, id)) {
                    return message;
                }
                asked.accept(message);
            }
        }
        throw invalid("its stream ended before the answer");
    }

    private static boolean answers(@Nullable JsonNode message, long id) {
        return message != null
                && message.path("id").asLong(-1) == id
                && (message.has("result") || message.has("error"));
    }

    private static JsonNode message(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException malformed) {
            throw invalid("it sends no JSON");
        }
    }
}
