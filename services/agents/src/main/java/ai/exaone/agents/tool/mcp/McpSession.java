package ai.exaone.agents.tool.mcp;

import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.agents.agent.ToolDeclaration.McpServer;
import ai.exaone.agents.tool.SecretHeaders;
import ai.exaone.agents.tool.Secrets;
import ai.exaone.agents.tool.ToolError;
import ai.exaone.agents.tool.outbound.OutboundClient;
import ai.exaone.agents.tool.outbound.OutboundRequest;
import ai.exaone.agents.tool.outbound.OutboundResponse;
import ai.exaone.errors.PlatformException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A session with one server, for one lease of one run: opened at its first use, opened again once when the server has forgotten it,
 * ended by {@link #close}. Thread-safe.
 */
public final class McpSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(McpSession.class);
    private static final String VERSION = "2025-06-18";
    private static final Set<String> VERSIONS = Set.of(VERSION, "2025-03-26");
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final int MOST_TOOLS = 256;
    private static final int MOST_PAGES = 32;
    private static final int NOT_FOUND = 404;
    private static final int ERROR_STATUS = 400;

    private final McpServer server;
    private final ProjectScope scope;
    private final Secrets secrets;
    private final OutboundClient client;
    private final AtomicLong ids = new AtomicLong();
    private Optional<Opened> opened = Optional.empty();

    /**
     * What the server agreed to.
     *
     * @param sessionId empty for a server that keeps none
     */
    private record Opened(Optional<String> sessionId, String version) {}

    public McpSession(McpServer server, ProjectScope scope, Secrets secrets, OutboundClient client) {
        this.server = server;
        this.scope = scope;
        this.secrets = secrets;
        this.client = client;
    }

    /** The server's tools that the specification allows. */
    public List<McpTool> tools() {
        List<McpTool> tools = new ArrayList<>();
        ObjectNode params = JsonRpc.MAPPER.createObjectNode();
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode result = ask("tools/list", params, Map.of(), server.timeout());
            for (JsonNode tool : result.path("tools")) {
                String name = tool.path("name").asString("");
                if (!name.isEmpty() && server.allows(name) && tools.size() < MOST_TOOLS) {
                    tools.add(new McpTool(server, this, listed(name, tool)));
                }
            }
            String cursor = result.path("nextCursor").asString("");
            if (cursor.isEmpty()) {
                break;
            }
            params = JsonRpc.MAPPER.createObjectNode().put("cursor", cursor);
        }
        return tools;
    }

    String call(String tool, ObjectNode arguments, String idempotencyKey, Duration timeout) {
        ObjectNode params = JsonRpc.MAPPER.createObjectNode().put("name", tool);
        params.set("arguments", arguments);
        params.putObject("_meta").put("exaone.ai/idempotencyKey", idempotencyKey);
        JsonNode result = ask("tools/call", params, Map.of("Idempotency-Key", idempotencyKey), timeout);
        String text = McpContent.text(result);
        if (result.path("isError").asBoolean(false)) {
            throw new PlatformException(ToolError.TOOL_ANSWERED_ERROR, "The tool answered: " + text);
        }
        return text;
    }

    private static McpTool.Listed listed(String name, JsonNode tool) {
        JsonNode schema = tool.path("inputSchema");
        return new McpTool.Listed(
                name,
                tool.path("description").asString(tool.path("title").asString(name)),
                schema.isObject() ? schema.toString() : "{\"type\":\"object\"}");
    }

    private synchronized Opened open() {
        if (opened.isPresent()) {
            return opened.get();
        }
        ObjectNode params = JsonRpc.MAPPER.createObjectNode().put("protocolVersion", VERSION);
        params.putObject("capabilities");
        params.putObject("clientInfo").put("name", "exaone-agents").put("version", "1");
        long id = ids.incrementAndGet();
        Opened agreed = post(
                Optional.empty(), JsonRpc.request(id, "initialize", params), Map.of(), server.timeout(), response -> {
                    JsonNode result = JsonRpc.result(response, id, message -> {});
                    String version = result.path("protocolVersion").asString("");
                    if (!VERSIONS.contains(version)) {
                        throw JsonRpc.invalid("it speaks revision '" + version + "' of the protocol");
                    }
                    return new Opened(response.header("mcp-session-id"), version);
                });
        opened = Optional.of(agreed);
        tell(agreed, JsonRpc.notification("notifications/initialized"));
        return agreed;
    }

    /** A request that the server did not know the session of was not carried out: it is sent once more in a new session. */
    private JsonNode ask(String method, ObjectNode params, Map<String, String> headers, Duration timeout) {
        Opened session = open();
        try {
            return ask(session, method, params, headers, timeout);
        } catch (SessionGone gone) {
            synchronized (this) {
                opened = opened.filter(current -> current != session);
            }
            try {
                return ask(open(), method, params, headers, timeout);
            } catch (SessionGone again) {
                throw JsonRpc.invalid("it forgets its sessions");
            }
        }
    }

    private JsonNode ask(
            Opened session, String method, ObjectNode params, Map<String, String> headers, Duration timeout) {
        long id = ids.incrementAndGet();
        return post(
                Optional.of(session),
                JsonRpc.request(id, method, params),
                headers,
                timeout,
                response -> JsonRpc.result(response, id, message -> answerServer(session, message)));
    }

    /** The server may ask whether this side is there; it can ask nothing else of it. */
    private void answerServer(Opened session, JsonNode message) {
        if (!message.has("method") || !message.has("id")) {
            return;
        }
        ObjectNode answer = JsonRpc.MAPPER.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", message.path("id"));
        if (message.path("method").asString("").equals("ping")) {
            answer.putObject("result");
        } else {
            answer.putObject("error").put("code", -32601).put("message", "Method not found");
        }
        tell(session, answer);
    }

    private void tell(Opened session, ObjectNode message) {
        post(
                Optional.of(session),
                message,
                Map.of(),
                server.timeout(),
                response -> response.body().readAllBytes().length);
    }

    private <T> T post(
            Optional<Opened> session,
            ObjectNode message,
            Map<String, String> extra,
            Duration timeout,
            OutboundResponse.Reader<T> reader) {
        var secret = SecretHeaders.fill(server.headers(), secrets, scope);
        Map<String, String> headers = headers(session, secret);
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        headers.putAll(extra);
        byte[] body = message.toString().getBytes(StandardCharsets.UTF_8);
        var request = new OutboundRequest("POST", URI.create(server.url()), headers, Optional.of(body), timeout);
        return client.send(request, response -> {
            if (response.status() == NOT_FOUND
                    && session.flatMap(Opened::sessionId).isPresent()) {
                throw new SessionGone();
            }
            if (response.status() >= ERROR_STATUS) {
                throw JsonRpc.invalid("it answers with HTTP status " + response.status());
            }
            return redacting(reader, response, secret);
        });
    }

    /** What the server echoes of a secret stays out of everything that is made of its answer. */
    private static <T> T redacting(OutboundResponse.Reader<T> reader, OutboundResponse response, SecretHeaders secret)
            throws IOException {
        try {
            T answer = reader.read(response);
            if (answer instanceof JsonNode node) {
                @SuppressWarnings("unchecked")
                T redacted = (T) JsonRpc.MAPPER.readTree(secret.redact(node.toString()));
                return redacted;
            }
            return answer;
        } catch (PlatformException failure) {
            throw new PlatformException(failure.reason(), secret.redact(failure.publicMessage()));
        }
    }

    private static Map<String, String> headers(Optional<Opened> session, SecretHeaders secret) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(secret.values());
        session.ifPresent(agreed -> headers.put("MCP-Protocol-Version", agreed.version()));
        session.flatMap(Opened::sessionId).ifPresent(id -> headers.put("Mcp-Session-Id", id));
        return headers;
    }

    @Override
    public synchronized void close() {
        Optional<Opened> ending = opened.filter(session -> session.sessionId().isPresent());
        opened = Optional.empty();
        if (ending.isEmpty()) {
            return;
        }
        try {
            var secret = SecretHeaders.fill(server.headers(), secrets, scope);
            var request = new OutboundRequest(
                    "DELETE", URI.create(server.url()), headers(ending, secret), Optional.empty(), CLOSING);
            client.send(request, OutboundResponse::status);
        } catch (PlatformException unreachable) {
            LOG.debug("The session with MCP server {} ends without saying so", server.name(), unreachable);
        }
    }

    private static final class SessionGone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
