package ai.exaone.gateway.files;

import ai.exaone.gateway.openai.Json;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;

/**
 * What is known of a file.
 *
 * @param id {@code file_…}
 * @param bytes how long it is
 * @param expiresAt when it is forgotten
 */
public record StoredFile(
        String id, FilePurpose purpose, String filename, long bytes, Instant createdAt, Instant expiresAt) {
    /** In OpenAI's words. */
    byte[] json() {
        return Json.write(this::write);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("object", "file");
        json.writeNumberField("bytes", bytes);
        json.writeNumberField("created_at", createdAt.getEpochSecond());
        json.writeNumberField("expires_at", expiresAt.getEpochSecond());
        json.writeStringField("filename", filename);
        json.writeStringField("purpose", purpose.text());
        json.writeStringField("status", "processed");
        json.writeNullField("status_details");
        json.writeEndObject();
    }
}
