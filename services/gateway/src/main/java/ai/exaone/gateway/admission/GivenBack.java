package ai.exaone.gateway.admission;

import java.util.Map;

/**
 * Units of slices that this gateway gives back with a call that it asks quota about, so that they are not in the call's way, and how the
 * slices stand, so that the call need not wait for the next exchange to say so.
 *
 * @param sequence the last exchange of the run, which was answered
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
