package ai.exaone.quota.admission;

import java.util.Map;

/**
 * Units of slices that a gateway no longer has, said before its next exchange says so too.
 *
 * @param sequence the last exchange of the run
 * @param units by limit
 */
public record GivenBack(String runId, long sequence, Map<String, Long> units) {
    public static final GivenBack NOTHING = new GivenBack("", 0, Map.of());

    public GivenBack {
        units = Map.copyOf(units);
    }
}
