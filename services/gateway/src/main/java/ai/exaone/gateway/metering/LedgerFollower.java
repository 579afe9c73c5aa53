package ai.exaone.gateway.metering;

import java.util.Collection;

/** Told what the ledger has. */
public interface LedgerFollower {
    /** The ledger has these calls. Told once of each that this process drained. */
    void recorded(Collection<DrainedCall> calls);

    /** The ledger has all calls of earlier processes. Told once. */
    void caughtUp();
}
