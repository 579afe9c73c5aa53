package ai.exaone.quota.admission;

import java.util.Map;

/**
 * Units of slices that a gateway no longer has, and how the slices stand, said before its next exchange says so too.
 *
 * @param sequence the last exchange of the run
 * @param slices by limit
 */
public record GivenBack(String runId, long sequence, Map<String, OfLimit> slices) {
    public static final GivenBack NOTHING = new GivenBack("", 0, Map.of());

    public GivenBack {
        slices = Map.copyOf(slices);
    }

    /**
     * Of one limit.
     *
     * @param units given back
     * @param unused left and not used, or tokens that the next exchange returns
     * @param running what requests hold that run
     */
    public record OfLimit(long units, long unused, long running) {}
}
