package ai.exaone.gateway.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** The known fields of a chat completion. Fields that are not here are the engine's business. */
final class ChatFields {
    private static final int MOST_CHOICES = 16;
    private static final int MOST_STOPS = 16;
    private static final int MOST_TOOLS = 128;
    private static final int MOST_MESSAGES = 100_000;
    private static final long MOST_TOKENS = 1_000_000_000;
    private static final Set<String> ROLES = Set.of("assistant", "developer", "function", "system", "tool", "user");
    private static final Set<String> TOOL_CHOICES = Set.of("auto", "none", "required");
    private static final Set<String> FORMATS = Set.of("json_object", "json_schema", "text");
    private static final Set<String> EFFORTS = Set.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
    /** Members of a content part that name media. */
    private static final Set<String> MEDIA = Set.of("image_url", "video_url", "audio_url");

    static final Map<String, FieldRule> RULES = Map.ofEntries(
            Map.entry("messages", FieldRule.array(1, MOST_MESSAGES, ChatFields::message)),
            Map.entry("stream", FieldRule.bool().orNull()),
            Map.entry("stream_options", FieldRule.object().orNull()),
            Map.entry("max_tokens", FieldRule.integer(1, MOST_TOKENS).orNull()),
            Map.entry("max_completion_tokens", FieldRule.integer(1, MOST_TOKENS).orNull()),
            Map.entry("n", FieldRule.integer(1, MOST_CHOICES).orNull()),
            Map.entry("temperature", FieldRule.number(0, 2).orNull()),
            Map.entry("top_p", FieldRule.number(0, 1).orNull()),
            Map.entry("frequency_penalty", FieldRule.number(-2, 2).orNull()),
            Map.entry("presence_penalty", FieldRule.number(-2, 2).orNull()),
            Map.entry("logprobs", FieldRule.bool().orNull()),
            Map.entry("top_logprobs", FieldRule.integer(0, 20).orNull()),
            Map.entry("logit_bias", FieldRule.object().orNull()),
            Map.entry("seed", FieldRule.integer(Long.MIN_VALUE, Long.MAX_VALUE).orNull()),
            Map.entry("stop", stop().orNull()),
            Map.entry("tools", FieldRule.array(0, MOST_TOOLS, ChatFields::tool).orNull()),
            Map.entry("tool_choice", ((FieldRule) ChatFields::toolChoice).orNull()),
            Map.entry("parallel_tool_calls", FieldRule.bool().orNull()),
            Map.entry("response_format", ((FieldRule) ChatFields::responseFormat).orNull()),
            Map.entry("reasoning_effort", FieldRule.oneOf(EFFORTS).orNull()),
            Map.entry("chat_template_kwargs", FieldRule.object().orNull()),
            Map.entry("user", FieldRule.text().orNull()),
            Map.entry("metadata", FieldRule.object().orNull()));

    private ChatFields() {}

    static FieldRule stop() {
        FieldRule several = FieldRule.array(0, MOST_STOPS, FieldRule.text());
        return (parameter, value) -> {
            if (value.currentToken() != JsonToken.VALUE_STRING) {
                FieldRule.require(
                        value.currentToken() == JsonToken.START_ARRAY, parameter, "a string or an array", value);
                several.check(parameter, value);
            }
        };
    }

    private static void message(String parameter, JsonParser value) throws IOException {
        FieldRule.require(value.currentToken() == JsonToken.START_OBJECT, parameter, "an object", value);
        boolean[] hasRole = new boolean[1];
        JsonMembers.visit(value, (name, member) -> {
            String path = parameter + "." + name;
            switch (name) {
                case "role" -> {
                    hasRole[0] = true;
                    FieldRule.oneOf(ROLES).check(path, member);
                }
                case "content" -> content(path, member);
                case "tool_calls" ->
                    FieldRule.array(0, MOST_TOOLS, FieldRule.object()).orNull().check(path, member);
                default -> member.skipChildren();
            }
        });
        if (!hasRole[0]) {
            throw Faults.missing(parameter + ".role");
        }
    }

    private static void content(String parameter, JsonParser value) throws IOException {
        switch (value.currentToken()) {
            // A text is passed over, not decoded: it may be most of the request.
            case VALUE_STRING, VALUE_NULL -> {}
            case START_ARRAY ->
                FieldRule.array(0, MOST_MESSAGES, ChatFields::part).check(parameter, value);
            default -> throw Faults.type(parameter, "a string or an array", value.currentToken());
        }
    }

    private static void part(String parameter, JsonParser value) throws IOException {
        FieldRule.require(value.currentToken() == JsonToken.START_OBJECT, parameter, "an object", value);
        JsonMembers.visit(value, (name, member) -> {
            if (MEDIA.contains(name)) {
                media(parameter + "." + name, member);
            } else {
                member.skipChildren();
            }
        });
    }

    /** Media comes inline: an engine that fetched an address of the caller's choice would be a way into the site. */
    private static void media(String parameter, JsonParser value) throws IOException {
        if (value.currentToken() == JsonToken.START_OBJECT) {
            JsonMembers.visit(value, (name, member) -> {
                if (name.equals("url")) {
                    inline(parameter + ".url", member);
                } else {
                    member.skipChildren();
                }
            });
        } else {
            inline(parameter, value);
        }
    }

    private static void inline(String parameter, JsonParser value) throws IOException {
        FieldRule.require(value.currentToken() == JsonToken.VALUE_STRING, parameter, "a string", value);
        if (!value.getText().regionMatches(true, 0, "data:", 0, "data:".length())) {
            throw Faults.value(parameter, "media must be sent inline, as a data: URL.");
        }
    }

    private static void tool(String parameter, JsonParser value) throws IOException {
        FieldRule.require(value.currentToken() == JsonToken.START_OBJECT, parameter, "an object", value);
        boolean[] hasFunction = new boolean[1];
        JsonMembers.visit(value, (name, member) -> {
            switch (name) {
                case "type" -> FieldRule.oneOf(Set.of("function")).check(parameter + ".type", member);
                case "function" -> {
                    hasFunction[0] = true;
                    function(parameter + ".function", member);
                }
                default -> member.skipChildren();
            }
        });
        if (!hasFunction[0]) {
            throw Faults.missing(parameter + ".function");
        }
    }

    private static void function(String parameter, JsonParser value) throws IOException {
        FieldRule.require(value.currentToken() == JsonToken.START_OBJECT, parameter, "an object", value);
        Set<String> function = JsonMembers.visit(value, (name, member) -> {
            switch (name) {
                case "name" -> FieldRule.text().check(parameter + ".name", member);
                case "parameters" -> FieldRule.object().orNull().check(parameter + ".parameters", member);
                default -> member.skipChildren();
            }
        });
        if (!function.contains("name")) {
            throw Faults.missing(parameter + ".name");
        }
    }

    private static void toolChoice(String parameter, JsonParser value) throws IOException {
        if (value.currentToken() == JsonToken.VALUE_STRING) {
            FieldRule.oneOf(TOOL_CHOICES).check(parameter, value);
            return;
        }
        FieldRule.require(value.currentToken() == JsonToken.START_OBJECT, parameter, "a string or an object", value);
        Set<String> choice = JsonMembers.visit(value, (name, member) -> {
            if (name.equals("function")) {
                function(parameter + ".function", member);
            } else {
                member.skipChildren();
            }
        });
        if (!choice.contains("function")) {
            throw Faults.missing(parameter + ".function");
        }
    }

    private static void responseFormat(String parameter, JsonParser value) throws IOException {
        FieldRule.require(value.currentToken() == JsonToken.START_OBJECT, parameter, "an object", value);
        Set<String> format = JsonMembers.visit(value, (name, member) -> {
            switch (name) {
                case "type" -> FieldRule.oneOf(FORMATS).check(parameter + ".type", member);
                case "json_schema" -> FieldRule.object().check(parameter + ".json_schema", member);
                default -> member.skipChildren();
            }
        });
        if (!format.contains("type")) {
            throw Faults.missing(parameter + ".type");
        }
    }
}
