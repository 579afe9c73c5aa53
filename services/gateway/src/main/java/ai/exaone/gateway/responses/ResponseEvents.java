package ai.exaone.gateway.responses;

import ai.exaone.gateway.openai.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the events of a streamed response, each with its number. For one thread. */
final class ResponseEvents {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long next;

    void event(String type, Json.Writing members) {
        out.writeBytes(("event: " + type + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", type);
            json.writeNumberField("sequence_number", next++);
            members.write(json);
            json.writeEndObject();
        }));
        out.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** What was written since the last time. */
    byte[] taken() {
        byte[] events = out.toByteArray();
        out.reset();
        return events;
    }
}
