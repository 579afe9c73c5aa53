package ai.exaone.gateway.health;

import ai.exaone.gateway.edge.Edge;
import ai.exaone.gateway.openai.Json;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;

/** {@code /health}: 200 while a chat can be answered, else 503; the body names each part. */
@Controller
public final class HealthDoor {
    private final Edge edge;
    private final Health health;

    public HealthDoor(Edge edge, Health health) {
        this.edge = edge;
        this.health = health;
    }

    @Get("/health")
    @Produces(MediaType.APPLICATION_JSON)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<?> health(HttpRequest<?> request) {
        return edge.serve(request, requestId -> answer());
    }

    private HttpResponse<byte[]> answer() {
        Map<String, Boolean> parts = health.look();
        boolean up = parts.values().stream().allMatch(holds -> holds);
        byte[] body = Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("status", word(up));
            json.writeObjectFieldStart("parts");
            for (Map.Entry<String, Boolean> part : parts.entrySet()) {
                json.writeStringField(part.getKey(), word(part.getValue()));
            }
            json.writeEndObject();
            json.writeEndObject();
        });
        return HttpResponse.<byte[]>status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(body);
    }

    private static String word(boolean holds) {
        return holds ? "up" : "down";
    }
}
