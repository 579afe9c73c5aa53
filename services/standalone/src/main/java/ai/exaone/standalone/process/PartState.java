package ai.exaone.standalone.process;

/** Where a part is in its life. */
public enum PartState {
    /** Its process runs and does not answer yet. */
    STARTING,
    READY,
    /** Its process ended; the next start is a back-off away. */
    WAITING,
    STOPPING,
    STOPPED
}
