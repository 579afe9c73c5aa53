package ai.exaone.agents.tool.http;

import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.agents.agent.ToolDeclaration.HttpTool;
import ai.exaone.agents.tool.ResultText;
import ai.exaone.agents.tool.SecretHeaders;
import ai.exaone.agents.tool.Secrets;
import ai.exaone.agents.tool.Tool;
import ai.exaone.agents.tool.ToolCallRequest;
import ai.exaone.agents.tool.ToolError;
import ai.exaone.agents.tool.ToolSpecifications;
import ai.exaone.agents.tool.outbound.OutboundClient;
import ai.exaone.agents.tool.outbound.OutboundRequest;
import ai.exaone.agents.tool.outbound.OutboundResponse;
import ai.exaone.errors.PlatformException;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** A declared HTTP call. Thread-safe. */
public final class HttpCallTool implements Tool {
    private static final int ERROR_STATUS = 400;
    private static final int ERROR_TEXT = 2_000;

    private final HttpTool declaration;
    private final ProjectScope scope;
    private final Secrets secrets;
    private final OutboundClient client;
    private final ToolSpecification specification;

    public HttpCallTool(HttpTool declaration, ProjectScope scope, Secrets secrets, OutboundClient client) {
        this.declaration = declaration;
        this.scope = scope;
        this.secrets = secrets;
        this.client = client;
        this.specification =
                ToolSpecifications.of(declaration.name(), declaration.description(), declaration.parameters());
    }

    @Override
    public ToolSpecification specification() {
        return specification;
    }

    @Override
    public String parameters() {
        return declaration.parameters();
    }

    @Override
    public boolean repeatable() {
        return declaration.repeatable();
    }

    @Override
    public String call(ToolCallRequest request) {
        var filled = FilledCall.of(declaration, request.arguments());
        var secret = SecretHeaders.fill(declaration.headers(), secrets, scope);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Accept", "application/json, text/*;q=0.9, */*;q=0.1");
        if (filled.body().isPresent()) {
            headers.put("Content-Type", "application/json");
        }
        headers.putAll(secret.values());
        headers.put("Idempotency-Key", request.idempotencyKey());
        return client.send(
                new OutboundRequest(
                        declaration.method(),
                        filled.uri(),
                        headers,
                        filled.body(),
                        request.timeout(declaration.timeout())),
                response -> answer(response, secret));
    }

    private static String answer(OutboundResponse response, SecretHeaders secret) throws IOException {
        String text = secret.redact(ResultText.of(response));
        if (response.status() >= ERROR_STATUS) {
            throw new PlatformException(
                    ToolError.TOOL_ANSWERED_ERROR,
                    "The tool answered with HTTP status " + response.status() + ": "
                            + ResultText.cut(text, ERROR_TEXT));
        }
        return text.isBlank() ? "[HTTP status " + response.status() + ", no content]" : text;
    }
}
