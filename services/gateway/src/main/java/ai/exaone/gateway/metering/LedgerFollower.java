package ai.exaone.gateway.metering;

import ai.exaone.proto.quota.v1.UsageRecord;
import java.util.Collection;

/** Told what the ledger has. */
public interface LedgerFollower {
    /** The ledger has these records of calls. Told once of each that this process drained. */
    void recorded(Collection<UsageRecord> records);

    /** The ledger has all calls of earlier processes. Told once. */
    void caughtUp();
}
