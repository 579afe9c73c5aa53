package ai.exaone.gateway.idempotency;

class InMemoryIdempotencyStoreTest extends IdempotencyStoreContract {
    private final IdempotencyStore store = new InMemoryIdempotencyStore();

    @Override
    IdempotencyStore store() {
        return store;
    }
}
