package ai.exaone.gateway.metering;

/** What a call waits for when it writes a record. */
public enum SpoolSync {
    /** For the write: survives the death of the process. The disk follows within the interval of syncs. */
    GROUPED,
    /** For the disk: survives a power cut. */
    ALWAYS
}
