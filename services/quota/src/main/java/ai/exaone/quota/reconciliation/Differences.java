package ai.exaone.quota.reconciliation;

import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.util.List;

/** What was found so far. Thread-safe. */
public final class Differences {
    private final ReconciliationStore store;

    public Differences(ReconciliationStore store) {
        this.store = store;
    }

    /** The last turn. */
    public Turn turn() {
        return store.turn();
    }

    public long countOpen() {
        return store.countOpen();
    }

    /** Differences, the newest first. */
    public Page<Difference> list(boolean resolvedToo, PageRequest page) {
        List<Difference> rows = store.list(resolvedToo, page.after(), page.rows());
        return Page.of(page, rows, difference -> PageToken.of(difference.differenceId()));
    }
}
