package ai.exaone.quota.admission;

/** What became of a hold. Names are stored. */
enum HoldState {
    /** The request runs, as far as is known: the most it can use is held. */
    HELD,
    /** The gateway told what was used. */
    SETTLED,
    /** The gateway is gone and all that was held counts as used, until better is known. */
    SWEPT,
    /** The ledger has the call: final. */
    RECORDED
}
