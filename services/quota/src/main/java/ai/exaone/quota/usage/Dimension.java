package ai.exaone.quota.usage;

/** What sums are grouped by. */
public enum Dimension {
    /** Everything together. */
    NONE,
    PROJECT,
    KEY,
    MODEL,
    AGENT,
    OUTCOME
}
