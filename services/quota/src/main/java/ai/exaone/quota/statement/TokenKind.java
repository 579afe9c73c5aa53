package ai.exaone.quota.statement;

/** What a line of a statement counts. */
public enum TokenKind {
    /** Input that the engine had not cached. */
    INPUT,
    /** Input that the engine had cached. */
    CACHED_INPUT,
    /** Output, reasoning included. */
    OUTPUT,
    /** An amount that is not tokens times price; no call has one. It is here so that lines add up to the ledger whatever it holds. */
    OTHER
}
