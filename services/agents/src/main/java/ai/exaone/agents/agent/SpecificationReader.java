package ai.exaone.agents.agent;

import ai.exaone.agents.agent.AgentSpecification.ModelParameters;
import ai.exaone.agents.agent.AgentSpecification.RunLimits;
import ai.exaone.agents.agent.LocatedYaml.Mistake;
import ai.exaone.errors.FieldViolation;
import ai.exaone.errors.PlatformException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads specifications: all their mistakes at once, each with line and column, or what they mean. Thread-safe. */
public final class SpecificationReader {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");
    private static final int MOST_MISTAKES = 100;

    private final SpecificationSchema schema;

    public SpecificationReader(SpecificationSchema schema) {
        this.schema = schema;
    }

    /**
     * Reads a specification that has to be of a certain agent.
     *
     * @throws PlatformException SPECIFICATION_INVALID with a violation for every mistake, in the order of the document
     */
    public AgentSpecification read(String yamlText, String agentName) {
        var yaml = LocatedYaml.read(yamlText);
        var mistakes = mistakes(yaml);
        JsonNode name = yaml.root().path("name");
        if (name.isString() && !name.asString().equals(agentName)) {
            mistakes.add(new Mistake(yaml.valueAt("/name"), "/name", "This agent is called `" + agentName + "`."));
        }
        return meaning(yaml, mistakes);
    }

    /** Reads a specification of whichever agent. */
    public AgentSpecification read(String yamlText) {
        var yaml = LocatedYaml.read(yamlText);
        return meaning(yaml, mistakes(yaml));
    }

    private List<Mistake> mistakes(LocatedYaml yaml) {
        var mistakes = new ArrayList<>(yaml.mistakes());
        if (!yaml.root().isObject()) {
            mistakes.add(new Mistake(yaml.valueAt(""), "", "A specification is a mapping of fields."));
        } else if (mistakes.isEmpty() || !yaml.root().isEmpty()) {
            mistakes.addAll(schema.check(yaml));
            mistakes.addAll(SpecificationRules.check(yaml));
        }
        return mistakes;
    }

    private AgentSpecification meaning(LocatedYaml yaml, List<Mistake> mistakes) {
        if (mistakes.isEmpty()) {
            return specification(yaml.root());
        }
        var violations = mistakes.stream()
                .sorted(Comparator.comparing(Mistake::location))
                .distinct()
                .limit(MOST_MISTAKES)
                .map(SpecificationReader::violation)
                .toList();
        String count = violations.size() == 1 ? "1 mistake" : violations.size() + " mistakes";
        throw PlatformException.because(
                        AgentError.SPECIFICATION_INVALID,
                        "The specification has " + count + ". The first: "
                                + violations.getFirst().description())
                .violations(violations)
                .build();
    }

    private static FieldViolation violation(Mistake mistake) {
        var location = mistake.location();
        return new FieldViolation(
                path(mistake.pointer()),
                "line %d, column %d: %s".formatted(location.line(), location.column(), mistake.sentence()));
    }

    /** A JSON pointer as people write it: {@code specification.tools[0].http.url}. */
    private static String path(String pointer) {
        var path = new StringBuilder("specification");
        for (String name :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            if (name.matches("[0-9]+")) {
                path.append('[').append(name).append(']');
            } else {
                path.append('.').append(name.replace("~1", "/").replace("~0", "~"));
            }
        }
        return path.toString();
    }

    private static AgentSpecification specification(JsonNode root) {
        return new AgentSpecification(
                root.path("name").asString(),
                root.path("description").asString(""),
                root.path("model").asString(),
                root.path("instructions").asString(),
                parameters(root.path("parameters")),
                tools(root.path("tools")),
                limits(root.path("limits")),
                CanonicalJson.digest(root));
    }

    private static ModelParameters parameters(JsonNode node) {
        JsonNode temperature = node.path("temperature");
        JsonNode tokens = node.path("maxOutputTokens");
        return new ModelParameters(
                temperature.isNumber() ? OptionalDouble.of(temperature.doubleValue()) : OptionalDouble.empty(),
                tokens.isNumber() ? OptionalInt.of(tokens.intValue()) : OptionalInt.empty());
    }

    private static List<ToolDeclaration> tools(JsonNode list) {
        var tools = new ArrayList<ToolDeclaration>();
        for (JsonNode tool : list) {
            tools.add(tool.has("http") ? httpTool(tool.get("http")) : mcpServer(tool.get("mcp")));
        }
        return tools;
    }

    private static ToolDeclaration httpTool(JsonNode tool) {
        String method = tool.path("method").asString();
        JsonNode parameters = tool.path("parameters");
        return new ToolDeclaration.HttpTool(
                tool.path("name").asString(),
                tool.path("description").asString(),
                method,
                tool.path("url").asString(),
                headers(tool.path("headers")),
                parameters.isObject() ? parameters.toString() : NO_PARAMETERS,
                tool.path("idempotent").asBoolean(false) || SAFE_METHODS.contains(method),
                duration(tool.path("timeout"), DEFAULT_TIMEOUT));
    }

    private static ToolDeclaration mcpServer(JsonNode server) {
        return new ToolDeclaration.McpServer(
                server.path("name").asString(),
                server.path("url").asString(),
                headers(server.path("headers")),
                texts(server.path("allow")),
                new HashSet<>(texts(server.path("idempotent"))),
                duration(server.path("timeout"), DEFAULT_TIMEOUT));
    }

    private static RunLimits limits(JsonNode node) {
        return new RunLimits(
                node.path("steps").asInt(RunLimits.DEFAULT.steps()),
                duration(node.path("duration"), RunLimits.DEFAULT.duration()),
                node.path("tokens").asLong(RunLimits.DEFAULT.tokens()));
    }

    private static Duration duration(JsonNode node, Duration otherwise) {
        return WrittenDuration.parse(node.asString("")).orElse(otherwise);
    }

    private static Map<String, String> headers(JsonNode node) {
        var headers = new HashMap<String, String>();
        node.properties()
                .forEach(entry -> headers.put(entry.getKey(), entry.getValue().asString()));
        return headers;
    }

    private static List<String> texts(JsonNode node) {
        var texts = new ArrayList<String>();
        node.forEach(item -> texts.add(item.asString()));
        return texts;
    }
}
