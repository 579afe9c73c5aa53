package ai.exaone.gateway.responses;

import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One item of what a model answers, growing while it does. For one thread. */
sealed interface OutputItem {
    String id();

    /** The item as it stands now. */
    void write(JsonGenerator json, String status) throws IOException;

    /** The item as it stands now, alone. */
    default byte[] bytes(String status) {
        return Json.write(json -> write(json, status));
    }

    /** Thoughts. */
    record Reasoning(String id, StringBuilder text) implements OutputItem {
        Reasoning(String id) {
            this(id, new StringBuilder());
        }

        @Override
        public void write(JsonGenerator json, String status) throws IOException {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("type", "reasoning");
            json.writeArrayFieldStart("summary");
            json.writeEndArray();
            json.writeArrayFieldStart("content");
            if (!text.isEmpty()) {
                json.writeStartObject();
                json.writeStringField("type", "reasoning_text");
                json.writeStringField("text", text.toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("status", status);
            json.writeEndObject();
        }
    }

    /**
     * What the model says.
     *
     * @param logprobs of its tokens, where they were asked for
     */
    record Message(String id, StringBuilder text, List<JsonValue> logprobs) implements OutputItem {
        Message(String id) {
            this(id, new StringBuilder(), new ArrayList<>());
        }

        @Override
        public void write(JsonGenerator json, String status) throws IOException {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("type", "message");
            json.writeStringField("status", status);
            json.writeStringField("role", "assistant");
            json.writeArrayFieldStart("content");
            if (!text.isEmpty()) {
                writePart(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }

        /** Its only part. */
        void writePart(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("type", "output_text");
            json.writeStringField("text", text.toString());
            json.writeArrayFieldStart("annotations");
            json.writeEndArray();
            writeLogprobs(json, logprobs);
            json.writeEndObject();
        }

        static void writeLogprobs(JsonGenerator json, List<JsonValue> logprobs) throws IOException {
            json.writeArrayFieldStart("logprobs");
            for (JsonValue token : logprobs) {
                json.writeRawValue(token.json());
            }
            json.writeEndArray();
        }
    }

    /** A call of a function. */
    record Call(String id, String callId, String name, StringBuilder arguments) implements OutputItem {
        Call(String id, String callId, String name) {
            this(id, callId, name, new StringBuilder());
        }

        @Override
        public void write(JsonGenerator json, String status) throws IOException {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("type", "function_call");
            json.writeStringField("status", status);
            json.writeStringField("call_id", callId);
            json.writeStringField("name", name);
            json.writeStringField("arguments", arguments.toString());
            json.writeEndObject();
        }
    }
}
