package ai.exaone.gateway.queue;

/** How much a call is in a hurry. Each level has its part of a busy model, so that none waits for ever for another. */
public enum Priority {
    /** Somebody waits for the answer. */
    INTERACTIVE(9),
    /** A line of a batch, which has a day. */
    BATCH(1);

    private final int weight;

    Priority(int weight) {
        this.weight = weight;
    }

    /** Its part of the places while the other levels want theirs too, in relation to theirs. */
    public int weight() {
        return weight;
    }
}
