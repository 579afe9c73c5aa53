package ai.exaone.gateway.openai.chat;

import ai.exaone.gateway.openai.JsonValue;

/**
 * A call of a tool, or a part of one.
 *
 * @param index which of the answer's calls this is
 * @param id empty in parts after the first
 * @param name empty in parts after the first
 * @param arguments JSON in a string; in parts a piece of it
 */
public record ToolCall(int index, String id, String name, String arguments) {
    static ToolCall of(JsonValue call, int position) {
        var function = call.get("function");
        return new ToolCall(
                call.get("index").isPresent() ? (int) call.number("index") : position,
                call.text("id").orElse(""),
                function.flatMap(value -> value.text("name")).orElse(""),
                function.flatMap(value -> value.text("arguments")).orElse(""));
    }
}
