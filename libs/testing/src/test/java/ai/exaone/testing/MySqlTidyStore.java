package ai.exaone.testing;

import ai.exaone.store.Transactions;

/** A store as it should be. */
final class MySqlTidyStore {
    private final Transactions transactions;

    MySqlTidyStore(Transactions transactions) {
        this.transactions = transactions;
    }

    int one() {
        return transactions.withHandle(
                handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one());
    }
}
