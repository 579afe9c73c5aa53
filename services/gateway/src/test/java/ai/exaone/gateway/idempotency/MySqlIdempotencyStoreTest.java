package ai.exaone.gateway.idempotency;

import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;

@EveryEngine(migrated = "gateway")
class MySqlIdempotencyStoreTest extends IdempotencyStoreContract {
    private final TestDatabase database;
    private final IdempotencyStore store;

    MySqlIdempotencyStoreTest(TestDatabase database) {
        this.database = database;
        this.store = new MySqlIdempotencyStore(database::transactions);
    }

    @BeforeEach
    void empty() {
        database.clear();
    }

    @Override
    IdempotencyStore store() {
        return store;
    }
}
