package ai.exaone.bench.machine;

import java.util.List;
import java.util.Map;

/**
 * What groups of processes cost over a time.
 *
 * @param cpuSeconds by group
 * @param residentBytes by group, as seen one after the other at even distances
 * @param otherCores how many processors all else on the machine kept busy
 */
public record ResourceUse(Map<String, Double> cpuSeconds, Map<String, List<Long>> residentBytes, double otherCores) {
    public ResourceUse {
        cpuSeconds = Map.copyOf(cpuSeconds);
        residentBytes = Map.copyOf(residentBytes);
    }

    /** The most memory that a group had in use; 0 for a group that is none. */
    public long peakBytes(String group) {
        return residentBytes.getOrDefault(group, List.of()).stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }
}
