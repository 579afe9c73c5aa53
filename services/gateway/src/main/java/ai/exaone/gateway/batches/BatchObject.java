package ai.exaone.gateway.batches;

import ai.exaone.gateway.openai.Json;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A batch in OpenAI's words. */
record BatchObject(Batch batch) {
    byte[] json() {
        return Json.write(this::write);
    }

    /** A page of batches. */
    static byte[] list(List<Batch> shown, boolean more) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (Batch batch : shown) {
                new BatchObject(batch).write(json);
            }
            json.writeEndArray();
            json.writeStringField(
                    "first_id", shown.isEmpty() ? null : shown.getFirst().id());
            json.writeStringField(
                    "last_id", shown.isEmpty() ? null : shown.getLast().id());
            json.writeBooleanField("has_more", more);
            json.writeEndObject();
        });
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", batch.id());
        json.writeStringField("object", "batch");
        json.writeStringField("endpoint", batch.endpoint());
        json.writeFieldName("errors");
        if (batch.errors().isPresent()) {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeFieldName("data");
            json.writeRawValue(batch.errors().get());
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        json.writeStringField("input_file_id", batch.inputFileId());
        json.writeStringField("completion_window", "24h");
        json.writeStringField("status", batch.status().text());
        json.writeStringField("output_file_id", batch.outputFileId().orElse(null));
        json.writeStringField("error_file_id", batch.errorFileId().orElse(null));
        times(json);
        json.writeObjectFieldStart("request_counts");
        json.writeNumberField("total", batch.counts().total());
        json.writeNumberField("completed", batch.counts().completed());
        json.writeNumberField("failed", batch.counts().failed());
        json.writeEndObject();
        json.writeFieldName("metadata");
        json.writeRawValue(batch.metadata());
        json.writeEndObject();
    }

    private void times(JsonGenerator json) throws IOException {
        Batch.Times times = batch.times();
        time(json, "created_at", Optional.of(times.created()));
        time(json, "in_progress_at", times.inProgress());
        time(json, "expires_at", Optional.of(times.expires()));
        time(json, "finalizing_at", times.finalizing());
        time(json, "completed_at", endedAs(BatchStatus.COMPLETED));
        time(json, "failed_at", endedAs(BatchStatus.FAILED));
        time(json, "expired_at", endedAs(BatchStatus.EXPIRED));
        time(json, "cancelling_at", times.cancelling());
        time(json, "cancelled_at", endedAs(BatchStatus.CANCELLED));
    }

    private Optional<Instant> endedAs(BatchStatus status) {
        return batch.times().ended().filter(ended -> batch.status() == status);
    }

    private static void time(JsonGenerator json, String name, Optional<Instant> time) throws IOException {
        if (time.isPresent()) {
            json.writeNumberField(name, time.get().getEpochSecond());
        } else {
            json.writeNullField(name);
        }
    }
}
