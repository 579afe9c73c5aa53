package ai.exaone.quota.usage;

import java.time.LocalDate;
import org.jdbi.v3.core.Handle;

/** How much of the ledger was pruned, in the caller's transactions. */
public final class MySqlPruning {
    private MySqlPruning() {}

    /** From which usage day on the ledger has all rows. */
    public static LocalDate completeFrom(Handle handle) {
        return handle.createQuery("SELECT complete_from FROM ledger_pruning WHERE name = 'ledger'")
                .map((row, context) -> row.getObject("complete_from", LocalDate.class))
                .findOne()
                .orElse(LocalDate.EPOCH);
    }
}
