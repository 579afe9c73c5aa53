package ai.exaone.gateway.batches;

/** What a call of a line came to. */
sealed interface LineEnd {
    BatchLine line();

    /**
     * The line is done.
     *
     * @param succeeded whether its result belongs to the output, or to the errors
     * @param json the line of the output, without the line's end; not to be changed
     */
    record Done(BatchLine line, boolean succeeded, byte[] json) implements LineEnd {}

    /**
     * The call brought nothing, and another is to be made.
     *
     * @param failed whether an engine failed, which is borne only so often
     */
    record Again(BatchLine line, boolean failed) implements LineEnd {}
}
