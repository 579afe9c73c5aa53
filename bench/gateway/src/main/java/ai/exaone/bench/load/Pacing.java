package ai.exaone.bench.load;

/** Decides when a lane's callers ask, until the measured time is over. Used on the lane's event loop only. */
sealed interface Pacing permits ClosedPacing, OpenPacing {
    void begin();

    /** A caller may ask again. */
    void free(Caller caller);

    /** A caller's connection is gone, or was never made. */
    void lost();

    /** Whether an answer counts that was due and is complete now. */
    boolean counts(long due, long now);

    /** Requests that have fallen due and are not sent yet. */
    long waiting();
}
