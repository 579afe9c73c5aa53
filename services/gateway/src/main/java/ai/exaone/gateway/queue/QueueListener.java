package ai.exaone.gateway.queue;

/** Told of calls that wait, for metrics. Thread-safe, and quick: it is told under the queue's lock. */
public interface QueueListener {
    /** How waiting ends. */
    enum End {
        /** With a place. */
        PLACED,
        /** The queue was full. */
        FULL,
        /** It took too long. */
        TIMED_OUT,
        /** The model has no engine any more. */
        UNAVAILABLE,
        /** The call was ended for a reason of its own: its caller left, for one. */
        LEFT
    }

    /** A call waits. */
    void waits(String model, Priority priority);

    /**
     * A call waits no more, or did not even begin to.
     *
     * @param waitedNanos how long it did; less than 0 where it was refused at once
     */
    void over(String model, Priority priority, End end, long waitedNanos);

    /** Nobody who listens. */
    QueueListener NONE = new QueueListener() {
        @Override
        public void waits(String model, Priority priority) {
            // Nobody listens.
        }

        @Override
        public void over(String model, Priority priority, End end, long waitedNanos) {
            // Nobody listens.
        }
    };
}
