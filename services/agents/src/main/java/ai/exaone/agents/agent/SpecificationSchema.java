package ai.exaone.agents.agent;

import ai.exaone.agents.agent.LocatedYaml.Mistake;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published JSON Schema of specifications, and what breaks it said in sentences. Thread-safe. */
public final class SpecificationSchema {
    private static final String RESOURCE = "agent-specification.schema.json";
    /** Our own keyword: the rule in words. */
    private static final String RULE = "x-rule";

    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .keyword(new NonValidationKeyword(RULE))
            .build();
    private static final String META_SCHEMA = "json-schema.org/draft/2020-12";

    private final String text;
    private final JsonNode document;
    private final Schema schema;

    public SpecificationSchema() {
        this.text = resource();
        this.document = JsonMapper.shared().readTree(text);
        this.schema = SchemaRegistry.withDialect(DIALECT).getSchema(text, InputFormat.JSON);
    }

    /** The schema as published, JSON. */
    public String text() {
        return text;
    }

    List<Mistake> check(LocatedYaml yaml) {
        var mistakes = new ArrayList<Mistake>();
        for (Error error : schema.validate(yaml.root())) {
            mistakes.add(mistake(yaml, error));
        }
        return mistakes;
    }

    private Mistake mistake(LocatedYaml yaml, Error error) {
        String pointer = pointer(error.getInstanceLocation());
        return switch (error.getKeyword()) {
            case "additionalProperties" -> {
                String key = LocatedYaml.child(pointer, error.getProperty());
                yield new Mistake(yaml.keyAt(key), key, unknownField(error));
            }
            case "required" ->
                new Mistake(yaml.keyAt(pointer), pointer, "The field `" + error.getProperty() + "` is missing.");
            case "type" ->
                new Mistake(yaml.valueAt(pointer), pointer, "This has to be " + article(keyword(error)) + ".");
            default -> new Mistake(yaml.valueAt(pointer), pointer, sentence(error));
        };
    }

    private String unknownField(Error error) {
        var known = new ArrayList<String>();
        surroundings(error).path("properties").propertyNames().forEach(known::add);
        String meant = SpelledLike.nearest(error.getProperty(), known)
                .map(name -> " Did you mean `" + name + "`?")
                .orElseGet(() -> known.isEmpty() ? "" : " Known here: " + String.join(", ", known) + ".");
        return "There is no field `" + error.getProperty() + "`." + meant;
    }

    private String sentence(Error error) {
        JsonNode rule = surroundings(error).path(RULE);
        JsonNode value = keyword(error);
        if (error.getKeyword().equals("const")) {
            return "This has to be `" + value.asString() + "`.";
        }
        if (error.getKeyword().equals("enum")) {
            return "This has to be one of " + String.join(", ", texts(value)) + "." + meant(error, value);
        }
        if (rule.isString()) {
            return "This has to be " + rule.asString() + ".";
        }
        return switch (error.getKeyword()) {
            case "minimum" -> "This has to be at least " + value + ".";
            case "maximum" -> "This may be at most " + value + ".";
            case "minLength" -> "This may not be empty.";
            case "maxLength" -> "This may have at most " + value + " characters.";
            case "maxItems", "maxProperties" -> "There may be at most " + value + " of these.";
            case "minItems" -> "There have to be at least " + value + " of these.";
            case "uniqueItems" -> "The same is here twice.";
            default -> capitalised(error.getMessage());
        };
    }

    private static String meant(Error error, JsonNode allowed) {
        JsonNode written = error.getInstanceNode();
        if (written == null || !written.isString()) {
            return "";
        }
        return SpelledLike.nearest(written.asString(), texts(allowed))
                .map(name -> " Did you mean `" + name + "`?")
                .orElse("");
    }

    /** The schema object that holds the keyword which failed: of ours, or nothing where it is the meta-schema's. */
    private JsonNode surroundings(Error error) {
        String location = error.getSchemaLocation().toString();
        int fragment = location.indexOf('#');
        if (fragment < 0 || location.contains(META_SCHEMA)) {
            return document.path("");
        }
        String keyword = location.substring(fragment + 1);
        return document.at(keyword.substring(0, Math.max(0, keyword.lastIndexOf('/'))));
    }

    private static JsonNode keyword(Error error) {
        return error.getSchemaNode();
    }

    private static String pointer(NodePath path) {
        var pointer = new StringBuilder();
        for (int element = 0; element < path.getNameCount(); element++) {
            pointer.append(LocatedYaml.child("", String.valueOf(path.getElement(element))));
        }
        return pointer.toString();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private static String article(JsonNode type) {
        String name = type.isArray() ? String.join(" or ", texts(type)) : type.asString();
        return switch (name) {
            case "object" -> "a mapping";
            case "array" -> "a list";
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            default -> "of type " + name;
        };
    }

    private static String capitalised(String message) {
        String trimmed = message.endsWith(".") ? message : message + ".";
        return trimmed.substring(0, 1).toUpperCase(Locale.ROOT) + trimmed.substring(1);
    }

    private static String resource() {
        try (InputStream stream = SpecificationSchema.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("The schema of specifications is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
