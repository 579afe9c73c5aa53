package ai.exaone.gateway.openai.tools;

import ai.exaone.gateway.openai.AnswerMapping;
import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.JsonArray;
import ai.exaone.gateway.openai.JsonMembers;
import ai.exaone.gateway.openai.JsonText;
import ai.exaone.gateway.openai.Span;
import ai.exaone.gateway.openai.Splice;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns answers that follow a {@link ToolSchema} into messages with {@code tool_calls}, whole or streamed. */
final class ToolAnswerMapping implements AnswerMapping {
    private final Supplier<String> callIds;
    /** What each choice of a stream has said so far. */
    private final Map<String, AnswerText> streamed = new HashMap<>();

    /**
     * @param callIds makes ids of calls, {@code call_…}
     */
    ToolAnswerMapping(Supplier<String> callIds) {
        this.callIds = callIds;
    }

    @Override
    public byte[] whole(byte[] answer) {
        List<Splice.Edit> edits = new ArrayList<>();
        for (JsonMembers choice : choices(answer)) {
            Optional<Span> message = choice.present(answer, "message");
            Optional<JsonMembers> members = message.flatMap(span -> JsonMembers.of(answer, span));
            Optional<Span> content = members.flatMap(found -> found.value("content"));
            if (content.isEmpty() || answer[content.get().start()] != '"') {
                continue;
            }
            switch (read(JsonText.of(answer, content.get()), answer, choice)) {
                case ToolAnswer.Text(String text) -> edits.add(new Splice.Edit(content.get(), Json.string(text)));
                case ToolAnswer.Calls calls -> {
                    edits.add(Splice.Edit.replace(content.get(), "null,\"tool_calls\":" + text(calls, false)));
                    choice.value("finish_reason").ifPresent(reason -> edits.add(finish(reason)));
                }
            }
        }
        return new Splice(answer, edits).toBytes();
    }

    @Override
    public List<byte[]> part(byte[] data) {
        List<Splice.Edit> edits = new ArrayList<>();
        boolean says = choices(data).isEmpty();
        for (JsonMembers choice : choices(data)) {
            says |= mapChoice(data, choice, edits);
        }
        return says ? List.of(new Splice(data, edits).toBytes()) : List.of();
    }

    /** Maps one choice of a part; false when nothing is left of it to say. */
    private boolean mapChoice(byte[] data, JsonMembers choice, List<Splice.Edit> edits) {
        String index = choice.value("index").map(span -> span.text(data)).orElse("0");
        AnswerText said = streamed.computeIfAbsent(index, key -> new AnswerText());
        Optional<JsonMembers> delta = choice.present(data, "delta").flatMap(span -> JsonMembers.of(data, span));
        Optional<Span> content =
                delta.flatMap(found -> found.value("content")).filter(span -> data[span.start()] == '"');
        String added = content.map(span -> said.add(JsonText.of(data, span))).orElse("");
        content.ifPresent(span -> edits.add(new Splice.Edit(span, Json.string(added))));
        Optional<Span> reason = choice.present(data, "finish_reason");
        if (reason.isPresent()) {
            mapEnd(data, choice, reason.get(), said, edits);
            return true;
        }
        return !added.isEmpty()
                || content.isEmpty()
                || delta.filter(found -> found.value("role").isPresent()).isPresent();
    }

    /** With the last part of a choice come its calls, or the text that was not certain before. */
    private void mapEnd(byte[] data, JsonMembers choice, Span reason, AnswerText said, List<Splice.Edit> edits) {
        if (said.told() || said.content().isEmpty()) {
            return;
        }
        Span delta = choice.value("delta").orElseThrow();
        edits.removeIf(edit ->
                edit.replaced().start() >= delta.start() && edit.replaced().end() <= delta.end());
        switch (read(said.content(), data, choice)) {
            case ToolAnswer.Text(String text) ->
                edits.add(Splice.Edit.replace(
                        delta, "{\"content\":" + new String(Json.string(text), StandardCharsets.UTF_8) + "}"));
            case ToolAnswer.Calls calls -> {
                edits.add(Splice.Edit.replace(delta, "{\"tool_calls\":" + text(calls, true) + "}"));
                edits.add(finish(reason));
            }
        }
    }

    private static ToolAnswer read(String content, byte[] answer, JsonMembers choice) {
        boolean isCut = choice.value("finish_reason")
                .filter(reason -> reason.text(answer).equals("\"length\""))
                .isPresent();
        return isCut ? ToolAnswer.ofCut(content) : ToolAnswer.of(content);
    }

    private String text(ToolAnswer.Calls calls, boolean numbered) {
        byte[] array = Json.write(json -> {
            json.writeStartArray();
            for (int i = 0; i < calls.calls().size(); i++) {
                write(json, calls.calls().get(i), numbered ? Optional.of(i) : Optional.empty());
            }
            json.writeEndArray();
        });
        return new String(array, StandardCharsets.UTF_8);
    }

    private void write(JsonGenerator json, ToolAnswer.ToolCall call, Optional<Integer> index) throws IOException {
        json.writeStartObject();
        if (index.isPresent()) {
            json.writeNumberField("index", index.get());
        }
        json.writeStringField("id", callIds.get());
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", call.name());
        json.writeStringField("arguments", call.arguments());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static Splice.Edit finish(Span reason) {
        return Splice.Edit.replace(reason, "\"tool_calls\"");
    }

    private static List<JsonMembers> choices(byte[] answer) {
        return JsonMembers.of(answer)
                .flatMap(members -> members.present(answer, "choices"))
                .map(span -> JsonArray.items(answer, span).stream()
                        .flatMap(item -> JsonMembers.of(answer, item).stream())
                        .toList())
                .orElse(List.of());
    }
}
