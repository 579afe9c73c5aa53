package ai.exaone.gateway.batches;

import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.JsonMembers;
import java.nio.charset.StandardCharsets;

/** A line of a batch's results, in OpenAI's words. */
final class LineResult {
    private LineResult() {}

    /** Whether an answer can stand in a line. */
    static boolean isObject(byte[] body) {
        return JsonMembers.of(body).isPresent();
    }

    /**
     * The result of a line that was answered.
     *
     * @param body a JSON object
     */
    static byte[] answered(String batchId, BatchLine line, String customId, int status, byte[] body) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("id", LineNames.result(batchId, line.number()));
            json.writeStringField("custom_id", customId);
            json.writeObjectFieldStart("response");
            json.writeNumberField("status_code", status);
            json.writeStringField("request_id", LineNames.request(batchId, line));
            json.writeFieldName("body");
            json.writeRawValue(onOneLine(body));
            json.writeEndObject();
            json.writeNullField("error");
            json.writeEndObject();
        });
    }

    /** The result of a line that was not called. */
    static byte[] uncalled(String batchId, BatchLine line, String customId, String code, String message) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("id", LineNames.result(batchId, line.number()));
            json.writeStringField("custom_id", customId);
            json.writeNullField("response");
            json.writeObjectFieldStart("error");
            json.writeStringField("code", code);
            json.writeStringField("message", message);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /** In JSON a line ends only between tokens: within a text it is escaped. */
    private static String onOneLine(byte[] body) {
        byte[] flat = body.clone();
        for (int at = 0; at < flat.length; at++) {
            if (flat[at] == '\n' || flat[at] == '\r') {
                flat[at] = ' ';
            }
        }
        return new String(flat, StandardCharsets.UTF_8).strip();
    }
}
