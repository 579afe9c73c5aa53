package ai.exaone.serving.replica;

/** What an engine is doing. */
public enum ReplicaState {
    /** Started, has not answered yet. */
    STARTING,
    /** Answers. The only state that is routed to. */
    READY,
    /** Answers no more. */
    UNHEALTHY,
    /** Out of the routes; finishes what it was asked before. */
    LEAVING,
    /** Told to end, for it is not wanted any more. */
    ENDING,
    /** Told to end, for it does not answer; another takes its place. */
    FAILING,
    /** Gone after a failure; another starts when its pause is over. */
    BACKING_OFF
}
