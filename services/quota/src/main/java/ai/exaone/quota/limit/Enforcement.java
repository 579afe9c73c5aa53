package ai.exaone.quota.limit;

/** What a limit does. Names are stored. */
public enum Enforcement {
    /** It refuses what does not fit in. */
    ENFORCED,
    /** It refuses nothing, and counts what it would have refused. */
    SHADOW
}
