package ai.exaone.quota.reconciliation;

/** What is compared with the ledger's rows. Names are stored. */
public enum DifferenceKind {
    /** The sums of a tenant's day. */
    SUMS,
    /** The sums of the hours of a tenant's day. */
    HOURS,
    /** How many calls a gateway's spool brought in an hour. */
    SPOOL,
    /** Up to where a gateway's spool is read. */
    WATERMARK,
    /** A closed statement. */
    STATEMENT
}
