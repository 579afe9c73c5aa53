package ai.exaone.gateway.admission;

import java.util.Map;

/**
 * Units of slices that this gateway gives back with a call that it asks quota about, so that they are not in the call's way.
 *
 * @param sequence the last exchange of the run, which was answered
 * @param units by limit
 */
public record GivenBack(String runId, long sequence, Map<String, Long> units) {
    public static final GivenBack NOTHING = new GivenBack("", 0, Map.of());

    public GivenBack {
        units = Map.copyOf(units);
    }
}
