package ai.exaone.quota.admission;

/** The calls that a limit in shadow would have let pass, as far as they matter for others. Not thread-safe. */
sealed interface PassedCalls permits PassedPerMinute, PassedAtOnce {
    /** The longest that a call takes, and what it may be late. */
    int REMEMBERED_SECONDS = 32 * 60;

    /**
     * Counts a call if it fits in beside those that are counted. Calls come in any order. One that began too long ago to be compared fits in.
     *
     * @param needed what it takes, more than 0
     * @param amount how much the limit allows
     * @return whether it fits in
     */
    boolean take(ShadowCall call, long needed, long amount);
}
