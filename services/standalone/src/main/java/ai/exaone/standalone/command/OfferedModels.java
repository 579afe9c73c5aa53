package ai.exaone.standalone.command;

import ai.exaone.standalone.platform.LocalConnections;
import ai.exaone.standalone.platform.RunningAddress;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The models that the platform offers to a key. */
final class OfferedModels {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String BUILT_IN_EMBEDDINGS = "multilingual-e5-small";

    private final RunningAddress address;

    OfferedModels(RunningAddress address) {
        this.address = address;
    }

    /** A model to try a chat with; empty if there is none, or none can be seen now. */
    Optional<String> firstChatModel(String key) {
        try {
            var connection = new LocalConnections(address.certificate())
                    .to(URI.create(address.localUrl() + "/v1/models"), LIMIT);
            connection.setRequestProperty("Authorization", "Bearer " + key);
            try (var answer = connection.getInputStream()) {
                return new ObjectMapper()
                        .readTree(answer)
                        .path("data")
                        .valueStream()
                        .map(model -> model.path("id"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText)
                        .filter(id -> !id.equals(BUILT_IN_EMBEDDINGS) && !id.startsWith("agent/"))
                        .findFirst();
            } finally {
                connection.disconnect();
            }
        } catch (IOException unanswered) {
            return Optional.empty();
        }
    }
}
