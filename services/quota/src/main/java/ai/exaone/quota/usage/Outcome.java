package ai.exaone.quota.usage;

/** How a call ended. Names are stored. */
public enum Outcome {
    /** Answered to the end. */
    COMPLETED,
    /** The caller left before the end; what was made is billed. */
    CLIENT_CLOSED,
    /** The engine failed. */
    UPSTREAM_FAILED,
    /** The gateway stopped in the middle; billed by the last progress written. */
    INTERRUPTED,
    /** Refused before any work: nothing is billed. */
    REFUSED
}
