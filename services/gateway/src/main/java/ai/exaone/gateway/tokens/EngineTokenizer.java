package ai.exaone.gateway.tokens;

import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.routing.Replica;
import ai.exaone.gateway.routing.TokenCounter;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks an engine for the number of a chat's tokens. What it cannot say it does not say: this is never a failure. Thread-safe. */
public final class EngineTokenizer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineTokenizer.class);
    private static final int OK = 200;
    private static final List<String> PROMPT = List.of("messages", "tools", "tool_choice", "chat_template_kwargs");
    /** Engines count the tokens of text; those of an image are only known when it is read. */
    private static final String IMAGE = "\"image_url\"";

    private final HttpClient client;
    private final Duration timeout;

    /**
     * @param timeout until one answer of the engine's
     */
    public EngineTokenizer(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Counts.
     *
     * @param chat the body of the chat completion, as the engine would be sent it
     * @return empty where the engine cannot say
     */
    public OptionalLong count(TokenCounter how, Replica replica, byte[] chat) {
        JsonValue request = JsonValue.ofObject(chat).orElseThrow();
        if (request.json().contains(IMAGE)) {
            return OptionalLong.empty();
        }
        try {
            return switch (how) {
                case NONE -> OptionalLong.empty();
                case LLAMA_CPP -> llamaCpp(replica, request);
                case VLLM -> vllm(replica, request);
            };
        } catch (IOException unreachable) {
            LOG.warn("{} does not count tokens: {}", replica, unreachable.toString());
            return OptionalLong.empty();
        }
    }

    private OptionalLong llamaCpp(Replica replica, JsonValue request) throws IOException {
        Optional<String> prompt =
                ask(replica, "/apply-template", json -> prompt(json, request)).flatMap(answer -> answer.text("prompt"));
        if (prompt.isEmpty()) {
            return OptionalLong.empty();
        }
        Optional<JsonValue> tokens = ask(replica, "/tokenize", json -> {
                    json.writeStringField("content", prompt.get());
                    json.writeBooleanField("add_special", true);
                    json.writeBooleanField("parse_special", true);
                })
                .flatMap(answer -> answer.get("tokens"));
        return tokens.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(tokens.get().items().size());
    }

    private OptionalLong vllm(Replica replica, JsonValue request) throws IOException {
        Optional<JsonValue> count = ask(replica, "/tokenize", json -> {
                    json.writeStringField("model", replica.engineModel());
                    prompt(json, request);
                    json.writeBooleanField("add_generation_prompt", true);
                })
                .filter(answer -> answer.get("count").isPresent());
        return count.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(count.get().number("count"));
    }

    private static void prompt(JsonGenerator json, JsonValue request) throws IOException {
        for (String name : PROMPT) {
            Optional<JsonValue> value = request.get(name);
            if (value.isPresent()) {
                json.writeFieldName(name);
                json.writeRawValue(value.get().json());
            }
        }
    }

    private Optional<JsonValue> ask(Replica replica, String path, Json.Writing members) throws IOException {
        byte[] body = Json.write(json -> {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        });
        String root = replica.url().toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + path))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!replica.key().isEmpty()) {
            request.header("Authorization", "Bearer " + replica.key());
        }
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == OK ? JsonValue.ofObject(answer.body()) : Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
