package ai.exaone.gateway.openai.tools;

import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.JsonArray;
import ai.exaone.gateway.openai.JsonMembers;
import ai.exaone.gateway.openai.JsonText;
import ai.exaone.gateway.openai.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the model said: calls, or a plain answer. */
sealed interface ToolAnswer {
    Pattern BEGINNING = Pattern.compile("\\s*\\{\\s*\"(" + ToolSchema.CALLS + "|" + ToolSchema.ANSWER + ")\"\\s*:\\s*");

    /** It calls tools. */
    record Calls(List<ToolCall> calls) implements ToolAnswer {
        public Calls {
            calls = List.copyOf(calls);
        }
    }

    /** It answers. */
    record Text(String text) implements ToolAnswer {}

    /**
     * One call.
     *
     * @param arguments a JSON object, as text
     */
    record ToolCall(String name, String arguments) {}

    /** Reads the engine's content; what does not follow the schema is taken for a plain answer. */
    static ToolAnswer of(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Optional<JsonMembers> members = JsonMembers.of(bytes);
        Optional<Span> calls = members.flatMap(found -> found.present(bytes, ToolSchema.CALLS));
        if (calls.isPresent()) {
            return new Calls(calls(bytes, calls.get()));
        }
        return members.flatMap(found -> found.value(ToolSchema.ANSWER))
                .map(answer -> bytes[answer.start()] == '"' ? JsonText.of(bytes, answer) : answer.text(bytes))
                .map(answer -> (ToolAnswer) new Text(answer))
                .orElseGet(() -> new Text(content));
    }

    /**
     * Reads content that the limit on its length cut: the plain answer as far as it goes, and of calls nothing, for part of a call is
     * none. The schema's own words are not for the caller to see.
     */
    static ToolAnswer ofCut(String content) {
        ToolAnswer read = of(content);
        if (!read.equals(new Text(content))) {
            return read;
        }
        Matcher beginning = BEGINNING.matcher(content);
        boolean begins = beginning.lookingAt();
        if (begins && beginning.group(1).equals(ToolSchema.ANSWER)) {
            String answer = content.substring(beginning.end());
            return new Text(answer.startsWith("\"") ? new AnswerText().add(content) : answer);
        }
        return begins || beginning.hitEnd() ? new Text("") : read;
    }

    private static List<ToolCall> calls(byte[] bytes, Span span) {
        List<ToolCall> calls = new ArrayList<>();
        for (Span item : JsonArray.items(bytes, span)) {
            JsonMembers.of(bytes, item).ifPresent(call -> {
                Optional<Span> name = call.present(bytes, "name");
                Optional<Span> arguments = call.present(bytes, "arguments");
                if (name.isPresent()) {
                    calls.add(new ToolCall(
                            JsonText.of(bytes, name.get()),
                            arguments.map(found -> Json.compact(bytes, found)).orElse("{}")));
                }
            });
        }
        return calls;
    }
}
