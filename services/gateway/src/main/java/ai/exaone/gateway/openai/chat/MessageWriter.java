package ai.exaone.gateway.openai.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Writes messages of a chat completion's request, one after another, into the array that is open. */
public final class MessageWriter {
    private final JsonGenerator json;

    public MessageWriter(JsonGenerator json) {
        this.json = json;
    }

    /** What somebody says. */
    public void text(String role, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role);
        json.writeStringField("content", text);
        json.writeEndObject();
    }

    /** What somebody says in parts; nothing where there are none. One text is written as such: not every template knows parts. */
    public void parts(String role, List<MessagePart> parts) throws IOException {
        if (parts.isEmpty()) {
            return;
        }
        if (parts.size() == 1 && parts.getFirst() instanceof MessagePart.Text(String text)) {
            text(role, text);
            return;
        }
        json.writeStartObject();
        json.writeStringField("role", role);
        json.writeArrayFieldStart("content");
        for (MessagePart part : parts) {
            json.writeStartObject();
            part(part);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void part(MessagePart part) throws IOException {
        switch (part) {
            case MessagePart.Text(String text) -> {
                json.writeStringField("type", "text");
                json.writeStringField("text", text);
            }
            case MessagePart.Image(String url, Optional<String> detail) -> {
                json.writeStringField("type", "image_url");
                json.writeObjectFieldStart("image_url");
                json.writeStringField("url", url);
                if (detail.isPresent()) {
                    json.writeStringField("detail", detail.get());
                }
                json.writeEndObject();
            }
        }
    }

    /** What the model said, thought and called in one go. */
    public void assistant(String said, String thought, List<ToolCall> calls) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", "assistant");
        if (said.isEmpty() && !calls.isEmpty()) {
            json.writeNullField("content");
        } else {
            json.writeStringField("content", said);
        }
        if (!thought.isEmpty()) {
            json.writeStringField(ChatAnswer.REASONING, thought);
        }
        if (!calls.isEmpty()) {
            json.writeArrayFieldStart("tool_calls");
            for (ToolCall call : calls) {
                call(call);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void call(ToolCall call) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", call.id());
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", call.name());
        json.writeStringField("arguments", call.arguments());
        json.writeEndObject();
        json.writeEndObject();
    }

    /** What a tool answered to a call. */
    public void toolResult(String callId, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", "tool");
        json.writeStringField("tool_call_id", callId);
        json.writeStringField("content", text);
        json.writeEndObject();
    }
}
