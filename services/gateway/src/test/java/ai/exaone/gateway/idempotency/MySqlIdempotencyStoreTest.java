package ai.exaone.gateway.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.store.crypto.MasterKey;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EveryEngine(migrated = "gateway")
class MySqlIdempotencyStoreTest extends IdempotencyStoreContract {
    private final TestDatabase database;
    private final IdempotencyStore store;

    MySqlIdempotencyStoreTest(TestDatabase database) {
        this.database = database;
        this.store = new MySqlIdempotencyStore(database::transactions, new MasterKey(new byte[32], new SecureRandom()));
    }

    @BeforeEach
    void empty() {
        database.clear();
    }

    @Test
    void whatWasAnsweredIsReadableNeitherInTheDatabaseNorInAnothersPlace() {
        KeyedCall mine = answered("key_1");
        KeyedCall theirs = answered("key_2");

        List<byte[]> bodies = database.transactions()
                .withHandle(handle -> handle.createQuery("SELECT body FROM keyed_call")
                        .mapTo(byte[].class)
                        .list());
        assertThat(bodies)
                .hasSize(2)
                .allSatisfy(body -> assertThat(new String(body, StandardCharsets.ISO_8859_1))
                        .doesNotContain("said"));

        database.transactions().withHandle(handle -> handle.createUpdate("""
                        UPDATE keyed_call AS mine
                          JOIN keyed_call AS theirs ON theirs.subject = 'key_2'
                           SET mine.body = theirs.body
                         WHERE mine.subject = 'key_1'
                        """).execute());
        assertThatThrownBy(() -> store.find(mine.scope(), mine.key(), NOW)).isInstanceOf(IllegalStateException.class);
        assertThat(store.find(theirs.scope(), theirs.key(), NOW)).isPresent();
    }

    private KeyedCall answered(String subject) {
        CallerScope scope = new CallerScope("tnt_1", "prj_1", subject);
        KeyedCall call = new KeyedCall(scope, new IdempotencyKey("a"), "0".repeat(64), "req_1");
        byte[] body = ("said to " + subject).getBytes(StandardCharsets.UTF_8);
        store.claim(call, NOW, NOW.plusSeconds(20), NOW.plusSeconds(60));
        store.finish(call, Optional.of(new KeptResult("req_1", 200, "text/plain", Map.of(), body)));
        return call;
    }

    @Override
    IdempotencyStore store() {
        return store;
    }
}
