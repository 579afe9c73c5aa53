package ai.exaone.gateway.inference;

/** Reads the body of one answer and gives it to the caller. */
interface AnswerReader {
    /** The next piece; its bytes are to be used during this call only. */
    void body(byte[] bytes, int offset, int length);

    /** All that has come so far was passed. */
    void drained();

    /** The true end. */
    void end();
}
