package ai.exaone.gateway.queue;

/** How long calls of one model have places, learnt from those that were answered. Not thread-safe. */
public final class PlaceTimes {
    private static final double WEIGHT_OF_NEWEST = 0.1;

    private double nanosPerToken;
    private double nanosPerCall;

    /** How long a call will likely take; 0 before anything is known. */
    public double expected(long tokens) {
        return nanosPerToken * tokens;
    }

    /** How long a call takes on average, in nanoseconds; 0 before anything is known. */
    public double mean() {
        return nanosPerCall;
    }

    /**
     * Learns from a call.
     *
     * @param tokens what it was taken for when it began
     */
    public void learn(long tokens, long nanos) {
        nanosPerToken = next(nanosPerToken, (double) nanos / Math.max(1, tokens));
        nanosPerCall = next(nanosPerCall, nanos);
    }

    private static double next(double known, double newest) {
        return known == 0 ? newest : known + WEIGHT_OF_NEWEST * (newest - known);
    }
}
