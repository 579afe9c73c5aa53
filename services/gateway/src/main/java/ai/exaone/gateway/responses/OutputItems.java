package ai.exaone.gateway.responses;

import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.chat.ChatPart;
import ai.exaone.gateway.openai.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The items of a response, made from the pieces of an answer, and the events that tell of them. One is open at a time. */
final class OutputItems {
    static final String COMPLETED = "completed";
    private static final String IN_PROGRESS = "in_progress";

    private final ResponseEvents events;
    private final UnaryOperator<String> ids;
    private final List<byte[]> closed = new ArrayList<>();
    private Optional<OutputItem> open = Optional.empty();
    private int call = -1;

    /**
     * @param ids makes an id with a prefix
     */
    OutputItems(ResponseEvents events, UnaryOperator<String> ids) {
        this.events = events;
        this.ids = ids;
    }

    void add(ChatPart part) {
        if (!part.reasoning().isEmpty()) {
            thought(part.reasoning());
        }
        if (!part.content().isEmpty()) {
            said(part.content(), part.logprobs());
        }
        part.calls().forEach(this::called);
    }

    /** Those that are there, in their order; the open one is closed first. */
    List<byte[]> close(String status) {
        open.ifPresent(item -> close(item, status));
        return List.copyOf(closed);
    }

    private void thought(String text) {
        OutputItem.Reasoning item = open.filter(OutputItem.Reasoning.class::isInstance)
                .map(OutputItem.Reasoning.class::cast)
                .orElseGet(() -> begin(new OutputItem.Reasoning(ids.apply("rs"))));
        item.text().append(text);
        events.event("response.reasoning_text.delta", within(item, 0, json -> json.writeStringField("delta", text)));
    }

    private void said(String text, List<JsonValue> logprobs) {
        OutputItem.Message item = open.filter(OutputItem.Message.class::isInstance)
                .map(OutputItem.Message.class::cast)
                .orElseGet(this::beginMessage);
        item.text().append(text);
        item.logprobs().addAll(logprobs);
        events.event("response.output_text.delta", within(item, 0, json -> {
            json.writeStringField("delta", text);
            OutputItem.Message.writeLogprobs(json, logprobs);
        }));
    }

    private OutputItem.Message beginMessage() {
        OutputItem.Message item = begin(new OutputItem.Message(ids.apply("msg")));
        events.event("response.content_part.added", within(item, 0, json -> {
            json.writeFieldName("part");
            item.writePart(json);
        }));
        return item;
    }

    private void called(ToolCall piece) {
        if (piece.index() != call) {
            call = piece.index();
            String callId = piece.id().isEmpty() ? ids.apply("call") : piece.id();
            begin(new OutputItem.Call(ids.apply("fc"), callId, piece.name()));
        }
        if (open.isPresent()
                && open.get() instanceof OutputItem.Call item
                && !piece.arguments().isEmpty()) {
            item.arguments().append(piece.arguments());
            events.event(
                    "response.function_call_arguments.delta",
                    of(item, json -> json.writeStringField("delta", piece.arguments())));
        }
    }

    private <T extends OutputItem> T begin(T item) {
        open.ifPresent(before -> close(before, COMPLETED));
        open = Optional.of(item);
        events.event("response.output_item.added", json -> {
            json.writeNumberField("output_index", closed.size());
            json.writeFieldName("item");
            item.write(json, IN_PROGRESS);
        });
        return item;
    }

    private void close(OutputItem item, String status) {
        switch (item) {
            case OutputItem.Reasoning reasoning ->
                events.event(
                        "response.reasoning_text.done",
                        within(
                                item,
                                0,
                                json -> json.writeStringField(
                                        "text", reasoning.text().toString())));
            case OutputItem.Message message -> {
                events.event("response.output_text.done", within(item, 0, json -> {
                    json.writeStringField("text", message.text().toString());
                    OutputItem.Message.writeLogprobs(json, message.logprobs());
                }));
                events.event("response.content_part.done", within(item, 0, json -> {
                    json.writeFieldName("part");
                    message.writePart(json);
                }));
            }
            case OutputItem.Call made ->
                events.event("response.function_call_arguments.done", of(item, json -> {
                    json.writeStringField("name", made.name());
                    json.writeStringField("arguments", made.arguments().toString());
                }));
        }
        events.event("response.output_item.done", json -> {
            json.writeNumberField("output_index", closed.size());
            json.writeFieldName("item");
            item.write(json, status);
        });
        closed.add(item.bytes(status));
        open = Optional.empty();
    }

    private Json.Writing within(OutputItem item, int contentIndex, Json.Writing members) {
        return of(item, json -> {
            json.writeNumberField("content_index", contentIndex);
            members.write(json);
        });
    }

    private Json.Writing of(OutputItem item, Json.Writing members) {
        return json -> {
            json.writeStringField("item_id", item.id());
            json.writeNumberField("output_index", closed.size());
            members.write(json);
        };
    }
}
