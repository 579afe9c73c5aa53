package ai.exaone.bench.candidate;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway that somebody else has started in front of the upstream.
 *
 * @param pid root of its process tree; 0 where its cost is not to be read
 */
public record RunningTarget(String name, URI base, String key, long pid, List<String> models) implements Target {
    private static final Pattern TEXT = Pattern.compile("([^=,]+)=(http://[^,]+),([^,]*),(\\d*)");

    /** Of {@code NAME=URL,KEY,PID}; empty if it is not that. */
    public static Optional<RunningTarget> parse(String text, List<String> models) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long pid = parts.group(4).isEmpty() ? 0 : Long.parseLong(parts.group(4));
        return Optional.of(new RunningTarget(parts.group(1), URI.create(parts.group(2)), parts.group(3), pid, models));
    }

    @Override
    public Endpoint start() throws UnavailableException, InterruptedException {
        Map<String, List<Long>> processes = pid == 0 ? Map.of() : Map.of(Endpoint.GATEWAY, List.of(pid));
        Endpoint endpoint = new Endpoint(name, base, key, processes);
        Probe.await(endpoint, models, () -> true);
        return endpoint;
    }

    @Override
    public void close() {
        // It is not ours.
    }
}
