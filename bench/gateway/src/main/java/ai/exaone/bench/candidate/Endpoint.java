package ai.exaone.bench.candidate;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Where a started target is asked.
 *
 * @param base ends in {@code /v1}
 * @param key that it takes
 * @param processes roots of its process trees by what they are; what is compared with others is {@link #GATEWAY}
 */
public record Endpoint(String name, URI base, String key, Map<String, List<Long>> processes) {
    /** The process that requests pass through. */
    public static final String GATEWAY = "gateway";

    public Endpoint {
        processes = Map.copyOf(processes);
    }

    /** The roots of all its trees. */
    public List<Long> allProcesses() {
        return processes.values().stream().flatMap(List::stream).toList();
    }
}
