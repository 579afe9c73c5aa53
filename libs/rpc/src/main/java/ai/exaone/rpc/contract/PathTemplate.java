package ai.exaone.rpc.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a route as {@code google.api.http} writes it: literal segments, variables that fill one segment each, and perhaps a
 * custom verb at the end: {@code /api/v1/tenants/{tenant_id}:suspend}.
 *
 * @param text as written
 * @param segments between the slashes, without the verb
 * @param verb what follows the last colon; empty text for none
 */
public record PathTemplate(String text, List<Segment> segments, String verb) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");

    /** One part of a path. */
    public sealed interface Segment {
        /** A word that must be there. */
        record Literal(String word) implements Segment {}

        /** A value of the request's field of that name. */
        record Variable(String field) implements Segment {}
    }

    public PathTemplate {
        segments = List.copyOf(segments);
    }

    /** Reads a template. */
    public static PathTemplate parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean hasVerb = colon > text.lastIndexOf('/');
        String path = hasVerb ? text.substring(0, colon) : text;
        List<Segment> segments = new ArrayList<>();
        for (String part : path.substring(1).split("/", -1)) {
            Matcher variable = VARIABLE.matcher(part);
            segments.add(variable.matches() ? new Segment.Variable(variable.group(1)) : new Segment.Literal(part));
        }
        return new PathTemplate(text, segments, hasVerb ? text.substring(colon + 1) : "");
    }

    /** The names of the fields that the path fills. */
    public List<String> fields() {
        return segments.stream()
                .filter(Segment.Variable.class::isInstance)
                .map(segment -> ((Segment.Variable) segment).field())
                .toList();
    }

    /**
     * The values of a path's variables, by field.
     *
     * @param path the segments of a decoded path, the verb still on the last one
     * @return empty when the path is another
     */
    public Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            boolean last = i == segments.size() - 1;
            Optional<String> part = last ? withoutVerb(path.get(i)) : Optional.of(path.get(i));
            if (part.isEmpty() || !matches(segments.get(i), part.get(), values)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private Optional<String> withoutVerb(String part) {
        if (verb.isEmpty()) {
            return Optional.of(part);
        }
        String suffix = ":" + verb;
        return part.endsWith(suffix)
                ? Optional.of(part.substring(0, part.length() - suffix.length()))
                : Optional.empty();
    }

    private static boolean matches(Segment segment, String part, Map<String, String> values) {
        return switch (segment) {
            case Segment.Literal literal -> literal.word().equals(part);
            case Segment.Variable variable -> {
                values.put(variable.field(), part);
                yield !part.isEmpty();
            }
        };
    }
}
