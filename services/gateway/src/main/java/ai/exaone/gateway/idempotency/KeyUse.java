package ai.exaone.gateway.idempotency;

/** What became of a request with an idempotency key, for metrics. */
public enum KeyUse {
    /** It was carried out, and its result is kept. */
    KEPT,
    /** It was carried out, and its result is not kept: too large, or it broke off. */
    NOT_KEPT,
    /** It was carried out, and the database did not take its result. */
    UNSAVED,
    /** It failed before anything was done: the key is free again. */
    RELEASED,
    /** It was answered with the first result. */
    REPLAYED,
    /** It was refused: the key names another request, or one whose result is not to be had. */
    REFUSED,
    /** It was refused: the first call still ran when it had waited long enough. */
    STILL_RUNNING,
    /** It was refused: the promise could not be given. */
    UNAVAILABLE
}
