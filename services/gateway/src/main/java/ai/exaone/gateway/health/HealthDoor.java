package ai.exaone.gateway.health;

import ai.exaone.gateway.openai.Json;
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
    private final Health health;

    public HealthDoor(Health health) {
        this.health = health;
    }

    @Get("/health")
    @Produces(MediaType.APPLICATION_JSON)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> health() {
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
