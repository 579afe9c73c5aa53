package ai.exaone.agents.agent;

import ai.exaone.agents.agent.LocatedYaml.Mistake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a JSON Schema cannot say about a specification. Reads whatever is there, so that it can follow a schema that failed. */
final class SpecificationRules {
    static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)\\}");
    static final Pattern SECRET = Pattern.compile("\\$\\{secret\\.([A-Za-z][A-Za-z0-9_]{0,63})\\}");

    private static final Duration LONGEST_RUN = Duration.ofHours(24);
    private static final Duration LONGEST_CALL = Duration.ofMinutes(10);
    /** Headers that belong to the connection or to the platform. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "idempotency-key",
            "keep-alive",
            "mcp-protocol-version",
            "mcp-session-id",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final LocatedYaml yaml;
    private final List<Mistake> mistakes = new ArrayList<>();

    private SpecificationRules(LocatedYaml yaml) {
        this.yaml = yaml;
    }

    static List<Mistake> check(LocatedYaml yaml) {
        var rules = new SpecificationRules(yaml);
        rules.duration("/limits/duration", LONGEST_RUN, "24h");
        rules.tools();
        return rules.mistakes;
    }

    private void tools() {
        Map<String, Integer> names = new HashMap<>();
        JsonNode tools = yaml.root().path("tools");
        for (int index = 0; index < tools.size(); index++) {
            for (String kind : List.of("http", "mcp")) {
                JsonNode tool = tools.get(index).path(kind);
                if (tool.isObject()) {
                    String pointer = "/tools/" + index + "/" + kind;
                    unique(names, tool.path("name"), pointer + "/name", index);
                    authority(tool.path("url"), pointer + "/url");
                    headers(tool.path("headers"), pointer + "/headers");
                    duration(pointer + "/timeout", LONGEST_CALL, "10m");
                    if (kind.equals("http")) {
                        parameters(tool, pointer);
                        placeholders(tool, pointer);
                    } else {
                        noPlaceholders(tool.path("url"), pointer + "/url");
                    }
                }
            }
        }
    }

    private void unique(Map<String, Integer> names, JsonNode name, String pointer, int index) {
        if (name.isString()) {
            Integer earlier = names.putIfAbsent(name.asString(), index);
            if (earlier != null) {
                report(pointer, "The name `" + name.asString() + "` is taken by tool " + (earlier + 1) + ".");
            }
        }
    }

    /** The host of a call is fixed by the specification: the model never chooses it. */
    private void authority(JsonNode url, String pointer) {
        if (!url.isString()) {
            return;
        }
        String text = url.asString();
        int start = text.indexOf("://") + 3;
        int end = text.length();
        for (int position = start; position < text.length(); position++) {
            if ("/?#".indexOf(text.charAt(position)) >= 0) {
                end = position;
                break;
            }
        }
        String authority = text.substring(Math.min(start, text.length()), end);
        if (authority.contains("{") || authority.contains("}")) {
            report(pointer, "An argument may stand behind the host, not in it.");
        }
        if (authority.contains("@")) {
            report(pointer, "Credentials do not belong in a URL; use a header with ${secret.NAME}.");
        }
        if (text.contains("${")) {
            report(pointer, "Secrets go into headers, not into a URL.");
        }
        if (text.contains("#")) {
            report(pointer, "A fragment is never sent; leave it out.");
        }
    }

    private void headers(JsonNode headers, String pointer) {
        for (var header : headers.properties()) {
            String path = LocatedYaml.child(pointer, header.getKey());
            if (OWN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                mistakes.add(new Mistake(
                        yaml.keyAt(path), path, "The platform sets the header `" + header.getKey() + "` itself."));
            }
            if (header.getValue().isString()
                    && SECRET.matcher(header.getValue().asString())
                            .replaceAll("")
                            .contains("${")) {
                report(
                        path,
                        "A secret is written ${secret.NAME}: letters, digits and underscores, beginning with a letter.");
            }
        }
    }

    private void parameters(JsonNode tool, String pointer) {
        JsonNode parameters = tool.path("parameters");
        if (parameters.isObject() && !parameters.path("type").asString("").equals("object")) {
            report(pointer + "/parameters", "The schema of the arguments has `type: object`.");
        }
        for (String reference : List.of("$ref", "$dynamicRef")) {
            for (JsonNode target : parameters.findValues(reference)) {
                if (target.isString() && !target.asString().startsWith("#")) {
                    report(pointer + "/parameters", "A schema refers only to itself: `" + target.asString() + "`.");
                }
            }
        }
    }

    private void placeholders(JsonNode tool, String pointer) {
        JsonNode url = tool.path("url");
        if (!url.isString() || url.asString().contains("${")) {
            return;
        }
        JsonNode parameters = tool.path("parameters");
        var known = new ArrayList<String>(parameters.path("properties").propertyNames());
        var required = new ArrayList<String>();
        parameters.path("required").forEach(name -> required.add(name.asString("")));
        var matcher = PLACEHOLDER.matcher(url.asString());
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!known.contains(name)) {
                String meant = SpelledLike.nearest(name, known)
                        .map(near -> " Did you mean `{" + near + "}`?")
                        .orElse("");
                report(pointer + "/url", "No parameter is called `" + name + "`." + meant);
            } else if (!required.contains(name)) {
                report(
                        pointer + "/url",
                        "The parameter `" + name + "` stands in the URL, so it has to be in `required`.");
            }
        }
        if (matcher.replaceAll("").matches(".*[{}].*")) {
            report(pointer + "/url", "A brace is not closed.");
        }
    }

    private void noPlaceholders(JsonNode url, String pointer) {
        if (url.isString() && !url.asString().contains("${") && url.asString().matches(".*[{}].*")) {
            report(pointer, "The URL of a server has no arguments.");
        }
    }

    private void duration(String pointer, Duration longest, String written) {
        WrittenDuration.parse(yaml.root().at(pointer).asString(""))
                .filter(duration -> duration.compareTo(longest) > 0)
                .ifPresent(tooLong -> report(pointer, "This may be at most " + written + "."));
    }

    private void report(String pointer, String sentence) {
        mistakes.add(new Mistake(yaml.valueAt(pointer), pointer, sentence));
    }
}
