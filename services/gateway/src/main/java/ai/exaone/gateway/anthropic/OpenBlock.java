package ai.exaone.gateway.anthropic;

import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.chat.ToolCall;

/** The block of a streamed message that is being written: one at a time, in their order. For one thread. */
final class OpenBlock {
    private final Events events;
    private Kind open = Kind.NONE;
    private int index = -1;
    private int call = -1;

    OpenBlock(Events events) {
        this.events = events;
    }

    /** Takes the events. */
    interface Events {
        void event(String type, Json.Writing members);
    }

    private enum Kind {
        NONE,
        THINKING,
        TEXT,
        TOOL_USE
    }

    void thought(String text) {
        if (!text.isEmpty()) {
            begin(Kind.THINKING, json -> {
                json.writeStringField("type", "thinking");
                json.writeStringField("thinking", "");
                json.writeStringField("signature", "");
            });
            delta("thinking_delta", "thinking", text);
        }
    }

    void said(String text) {
        if (!text.isEmpty()) {
            begin(Kind.TEXT, json -> {
                json.writeStringField("type", "text");
                json.writeStringField("text", "");
            });
            delta("text_delta", "text", text);
        }
    }

    /** Takes a piece of a call; the first one of each names the tool. */
    void called(ToolCall piece) {
        if (piece.index() != call) {
            close();
            call = piece.index();
            begin(Kind.TOOL_USE, json -> {
                json.writeStringField("type", "tool_use");
                json.writeStringField("id", piece.id());
                json.writeStringField("name", piece.name());
                json.writeObjectFieldStart("input");
                json.writeEndObject();
            });
        }
        if (!piece.arguments().isEmpty()) {
            delta("input_json_delta", "partial_json", piece.arguments());
        }
    }

    void close() {
        if (open != Kind.NONE) {
            open = Kind.NONE;
            int closed = index;
            events.event("content_block_stop", json -> json.writeNumberField("index", closed));
        }
    }

    private void begin(Kind kind, Json.Writing block) {
        if (open == kind) {
            return;
        }
        close();
        open = kind;
        index++;
        events.event("content_block_start", json -> {
            json.writeNumberField("index", index);
            json.writeObjectFieldStart("content_block");
            block.write(json);
            json.writeEndObject();
        });
    }

    private void delta(String type, String member, String text) {
        events.event("content_block_delta", json -> {
            json.writeNumberField("index", index);
            json.writeObjectFieldStart("delta");
            json.writeStringField("type", type);
            json.writeStringField(member, text);
            json.writeEndObject();
        });
    }
}
