package ai.exaone.gateway.batches;

/** Why no more lines of a batch are begun, and so what those that are not done come to. Names are stored. */
enum Ending {
    /** All of them are done. */
    DONE(BatchStatus.COMPLETED, "line_not_executed", "This request was not executed."),
    EXPIRED(
            BatchStatus.EXPIRED,
            "batch_expired",
            "This request could not be executed before the completion window expired."),
    CANCELLED(
            BatchStatus.CANCELLED, "batch_cancelled", "This request was not executed before the batch was cancelled."),
    KEY_REFUSED(
            BatchStatus.COMPLETED,
            "invalid_api_key",
            "This request was not executed: the API key that created the batch was revoked or expired, or may no longer call models.");

    private final BatchStatus status;
    private final String code;
    private final String message;

    Ending(BatchStatus status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    /** What the batch is in the end. */
    BatchStatus status() {
        return status;
    }

    /** The failure of a line that is not done, in one word. */
    String code() {
        return code;
    }

    String message() {
        return message;
    }
}
