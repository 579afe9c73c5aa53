package ai.exaone.gateway.management.transcode;

import ai.exaone.rpc.contract.Contracts;
import ai.exaone.rpc.contract.PublicMethod;
import ai.exaone.rpc.contract.Verb;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which RPC a method and a path mean. Thread-safe. */
public final class ApiRoutes {
    private final List<PublicMethod> methods;

    public ApiRoutes(Contracts contracts) {
        this.methods = contracts.methods();
    }

    /** What a method and a path mean. */
    public sealed interface Resolution {
        /**
         * An RPC.
         *
         * @param values what the path fills, by field
         */
        record Found(PublicMethod method, Map<String, String> values) implements Resolution {}

        /** The path is there, but only for these methods. */
        record OtherVerbs(Set<Verb> allowed) implements Resolution {}

        /** There is nothing. */
        record Nothing() implements Resolution {}
    }

    /**
     * Finds an RPC.
     *
     * @param verb the HTTP method's name
     * @param rawPath the path as on the wire, without the query
     */
    public Resolution resolve(String verb, String rawPath) {
        Optional<List<String>> path = segments(rawPath);
        if (path.isEmpty()) {
            return new Resolution.Nothing();
        }
        Set<Verb> others = EnumSet.noneOf(Verb.class);
        for (PublicMethod method : methods) {
            Optional<Map<String, String>> values = method.path().match(path.get());
            if (values.isPresent() && method.verb().name().equals(verb)) {
                return new Resolution.Found(method, values.get());
            }
            values.ifPresent(match -> others.add(method.verb()));
        }
        return others.isEmpty() ? new Resolution.Nothing() : new Resolution.OtherVerbs(others);
    }

    private static Optional<List<String>> segments(String rawPath) {
        if (!rawPath.startsWith("/")) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>();
        for (String part : rawPath.substring(1).split("/", -1)) {
            try {
                // A plus is a plus in a path; only a form's decoder takes it for a space.
                segments.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException malformed) {
                return Optional.empty();
            }
        }
        return Optional.of(segments);
    }
}
