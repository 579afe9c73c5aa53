package ai.exaone.agents.tool.http;

import ai.exaone.agents.agent.ToolDeclaration.HttpTool;
import ai.exaone.agents.tool.ToolError;
import ai.exaone.errors.PlatformException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A declared call with a model's arguments in their places: those named in the URL there, percent-encoded; the others as the query
 * of a method without a body, and as the JSON body of one with it.
 */
record FilledCall(URI uri, Optional<byte[]> body) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)\\}");
    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");
    /** A server may read these as steps out of the path that the specification fixed. */
    private static final Set<String> PATH_STEPS = Set.of("", ".", "..");

    static FilledCall of(HttpTool declaration, ObjectNode arguments) {
        ObjectNode others = arguments.deepCopy();
        Matcher placeholder = PLACEHOLDER.matcher(declaration.url());
        String url = placeholder.replaceAll(match -> {
            others.remove(match.group(1));
            return Matcher.quoteReplacement(encodedStep(match.group(1), arguments.path(match.group(1))));
        });
        if (METHODS_WITH_BODY.contains(declaration.method())) {
            return new FilledCall(uri(url), Optional.of(others.toString().getBytes(StandardCharsets.UTF_8)));
        }
        String query = query(others);
        if (query.isEmpty()) {
            return new FilledCall(uri(url), Optional.empty());
        }
        return new FilledCall(uri(url + (url.contains("?") ? "&" : "?") + query), Optional.empty());
    }

    private static String encodedStep(String name, JsonNode value) {
        String text = text(value);
        if (PATH_STEPS.contains(text)) {
            throw new PlatformException(
                    ToolError.TOOL_ARGUMENTS_INVALID, "The argument " + name + " cannot stand in a URL.");
        }
        return encoded(text);
    }

    private static String query(ObjectNode arguments) {
        List<String> pairs = new ArrayList<>();
        for (var argument : arguments.properties()) {
            if (argument.getValue().isArray()) {
                argument.getValue().forEach(item -> pairs.add(encoded(argument.getKey()) + "=" + encoded(text(item))));
            } else if (!argument.getValue().isNull()) {
                pairs.add(encoded(argument.getKey()) + "=" + encoded(text(argument.getValue())));
            }
        }
        return String.join("&", pairs);
    }

    private static String text(JsonNode value) {
        return value.isContainer() ? value.toString() : value.asString("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static URI uri(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw PlatformException.because(ToolError.TOOL_ARGUMENTS_INVALID, "The tool's URL is malformed.")
                    .cause(malformed)
                    .build();
        }
    }
}
