package ai.exaone.agents.agent;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A YAML document as JSON, together with where each value and each key stands. Of YAML only what JSON has is accepted: no
 * anchors, no tags, no keys that are not text, no key twice.
 */
final class LocatedYaml {
    private static final int CODE_POINTS = 262_144;
    private static final int DEPTH = 64;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, Location> values = new HashMap<>();
    private final Map<String, Location> keys = new HashMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();
    private JsonNode root = JSON.objectNode();

    private LocatedYaml() {}

    /** Reads one document. Never throws: what is wrong is in {@link #mistakes()}, and the rest is read as far as it makes sense. */
    static LocatedYaml read(String text) {
        var document = new LocatedYaml();
        var settings = LoadSettings.builder()
                .setLabel("specification")
                .setCodePointLimit(CODE_POINTS)
                .build();
        try {
            Optional<Node> node = new Compose(settings).composeString(text);
            if (node.isPresent()) {
                document.root = document.convert(node.get(), "", 0);
            } else {
                document.mistakes.add(new Mistake(Location.START, "", "The document is empty."));
            }
        } catch (MarkedYamlEngineException unreadable) {
            var location =
                    unreadable.getProblemMark().map(LocatedYaml::location).orElse(Location.START);
            document.mistakes.add(new Mistake(location, "", "Not YAML: " + sentence(unreadable.getProblem())));
        } catch (YamlEngineException unreadable) {
            document.mistakes.add(new Mistake(Location.START, "", "Not YAML, or too large."));
        }
        return document;
    }

    JsonNode root() {
        return root;
    }

    List<Mistake> mistakes() {
        return List.copyOf(mistakes);
    }

    /** Where the value at a JSON pointer begins; the nearest value around it where the document has none there. */
    Location valueAt(String pointer) {
        return nearest(values, pointer);
    }

    /** Where the key at a JSON pointer stands; its value's place, or the nearest around it, where it has none. */
    Location keyAt(String pointer) {
        var location = keys.get(pointer);
        return location == null ? nearest(values, pointer) : location;
    }

    /** Appends one name to a JSON pointer (RFC 6901). */
    static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static Location nearest(Map<String, Location> places, String pointer) {
        String path = pointer;
        while (true) {
            var location = places.get(path);
            if (location != null) {
                return location;
            }
            int slash = path.lastIndexOf('/');
            if (slash < 0) {
                return Location.START;
            }
            path = path.substring(0, slash);
        }
    }

    private JsonNode convert(Node node, String pointer, int depth) {
        var location = node.getStartMark().map(LocatedYaml::location).orElse(Location.START);
        values.put(pointer, location);
        if (node.getAnchor().isPresent()) {
            mistakes.add(new Mistake(location, pointer, "Anchors and aliases are not allowed."));
            return JSON.nullNode();
        }
        if (depth > DEPTH) {
            mistakes.add(new Mistake(location, pointer, "Nested too deeply."));
            return JSON.nullNode();
        }
        return switch (node) {
            case MappingNode mapping -> object(mapping, pointer, depth);
            case SequenceNode sequence -> array(sequence, pointer, depth);
            case ScalarNode scalar -> scalar(scalar, pointer, location);
            default -> {
                mistakes.add(new Mistake(location, pointer, "Not a value that JSON has."));
                yield JSON.nullNode();
            }
        };
    }

    private JsonNode object(MappingNode mapping, String pointer, int depth) {
        var object = JSON.objectNode();
        for (var entry : mapping.getValue()) {
            var location =
                    entry.getKeyNode().getStartMark().map(LocatedYaml::location).orElse(Location.START);
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                mistakes.add(new Mistake(location, pointer, "A key is text."));
                continue;
            }
            String name = key.getValue();
            String path = child(pointer, name);
            if (object.has(name)) {
                mistakes.add(new Mistake(location, path, "The key `" + name + "` is here twice."));
                continue;
            }
            keys.put(path, location);
            object.set(name, convert(entry.getValueNode(), path, depth + 1));
        }
        return object;
    }

    private JsonNode array(SequenceNode sequence, String pointer, int depth) {
        var array = JSON.arrayNode();
        for (Node item : sequence.getValue()) {
            array.add(convert(item, pointer + "/" + array.size(), depth + 1));
        }
        return array;
    }

    private JsonNode scalar(ScalarNode scalar, String pointer, Location location) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        try {
            if (tag.equals(Tag.STR)) {
                return JSON.stringNode(text);
            } else if (tag.equals(Tag.INT)) {
                return JSON.numberNode(new BigInteger(text));
            } else if (tag.equals(Tag.FLOAT)) {
                return JSON.numberNode(new BigDecimal(text));
            } else if (tag.equals(Tag.BOOL)) {
                return JSON.booleanNode(Boolean.parseBoolean(text));
            } else if (tag.equals(Tag.NULL)) {
                return JSON.nullNode();
            }
            mistakes.add(new Mistake(location, pointer, "Tags are not allowed."));
        } catch (NumberFormatException notFinite) {
            mistakes.add(new Mistake(location, pointer, "Not a number that JSON has: " + text));
        }
        return JSON.nullNode();
    }

    private static Location location(Mark mark) {
        return new Location(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String sentence(String problem) {
        return problem.endsWith(".") ? problem : problem + ".";
    }

    /**
     * A place in the text.
     *
     * @param line from 1
     * @param column from 1
     */
    record Location(int line, int column) implements Comparable<Location> {
        static final Location START = new Location(1, 1);

        @Override
        public int compareTo(Location other) {
            return line == other.line ? Integer.compare(column, other.column) : Integer.compare(line, other.line);
        }
    }

    /**
     * Something that is wrong.
     *
     * @param pointer JSON pointer of the value that is wrong
     */
    record Mistake(Location location, String pointer, String sentence) {}
}
