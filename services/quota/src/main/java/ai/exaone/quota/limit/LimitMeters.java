package ai.exaone.quota.limit;

/** The live side of limits: what decides about requests. Thread-safe. */
public interface LimitMeters {
    /** How a limit of a tenant stands now. */
    LimitUse use(Limit limit);

    /** Puts a new or changed limit in force: for the next request. */
    void put(Limit limit);

    /** Takes a limit out of force. */
    void remove(Limit limit);
}
