package ai.exaone.gateway.responses;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.ProjectScope;
import ai.exaone.store.crypto.MasterKey;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EveryEngine(migrated = "gateway")
class ResponseStoreTest {
    private static final ProjectScope SCOPE = new ProjectScope("tnt_1", "prj_1");
    private static final List<ProjectScope> OTHERS =
            List.of(new ProjectScope("tnt_1", "prj_2"), new ProjectScope("tnt_2", "prj_1"));
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final Duration KEPT = Duration.ofDays(30);
    private static final long BOUND = 1_000;

    private final TestDatabase database;
    private final ResponseStore store;

    ResponseStoreTest(TestDatabase database) {
        this.database = database;
        this.store = new MySqlResponseStore(database::transactions, new MasterKey(new byte[32], new SecureRandom()));
    }

    @BeforeEach
    void empty() {
        database.clear();
        store.probe();
    }

    @Test
    void findsWhatItKeepsInItsProjectOnly() {
        StoredResponse response = insert("resp_a", Optional.empty(), NOW);

        assertThat(store.find(SCOPE, "resp_a", NOW))
                .get()
                .usingRecursiveComparison()
                .isEqualTo(response);
        assertThat(store.find(SCOPE, "RESP_A", NOW)).isEmpty();
        for (ProjectScope other : OTHERS) {
            assertThat(store.find(other, "resp_a", NOW)).isEmpty();
            assertThat(store.delete(other, "resp_a", NOW)).isFalse();
            assertThat(reason(() -> store.conversation(other, "resp_a", NOW, BOUND)))
                    .isEqualTo(ResponseError.RESPONSE_NOT_FOUND);
        }
        assertThat(store.delete(SCOPE, "resp_a", NOW)).isTrue();
        assertThat(store.delete(SCOPE, "resp_a", NOW)).isFalse();
        assertThat(store.find(SCOPE, "resp_a", NOW)).isEmpty();
    }

    @Test
    void keepsNothingInTheClear() {
        StoredResponse response = insert("resp_a", Optional.empty(), NOW);
        List<String> stored = database.transactions()
                .withHandle(handle -> handle.createQuery("SELECT CONCAT(HEX(input), HEX(response)) FROM response")
                        .mapTo(String.class)
                        .list());
        HexFormat hex = HexFormat.of().withUpperCase();
        assertThat(stored)
                .singleElement(as(STRING))
                .doesNotContain(hex.formatHex(response.input()), hex.formatHex(response.response()));
    }

    @Test
    void givesAConversationFromItsBeginning() {
        insert("resp_a", Optional.empty(), NOW);
        insert("resp_b", Optional.of("resp_a"), NOW);
        insert("resp_c", Optional.of("resp_b"), NOW);
        insert("resp_d", Optional.of("resp_a"), NOW);

        assertThat(store.conversation(SCOPE, "resp_c", NOW, BOUND).stream()
                        .map(StoredResponse::id)
                        .toList())
                .containsExactly("resp_a", "resp_b", "resp_c");
        assertThat(store.conversation(SCOPE, "resp_d", NOW, BOUND)).hasSize(2);
        assertThat(reason(() -> store.conversation(SCOPE, "resp_c", NOW, 20)))
                .isEqualTo(ResponseError.CONVERSATION_TOO_LONG);
    }

    @Test
    void goesOnFromNoConversationWithAGap() {
        insert("resp_a", Optional.empty(), NOW);
        insert("resp_b", Optional.of("resp_a"), NOW);
        store.delete(SCOPE, "resp_a", NOW);

        assertThat(store.find(SCOPE, "resp_b", NOW)).isPresent();
        PlatformException refused =
                catchThrowableOfType(PlatformException.class, () -> store.conversation(SCOPE, "resp_b", NOW, BOUND));
        assertThat(refused.reason()).isEqualTo(ResponseError.RESPONSE_NOT_FOUND);
        assertThat(refused.publicMessage()).contains("resp_a");
    }

    @Test
    void forgetsAConversationThatDoesNotGoOn() {
        insert("resp_a", Optional.empty(), NOW);
        insert("resp_z", Optional.empty(), NOW);
        Instant later = NOW.plus(Duration.ofDays(20));
        insert("resp_b", Optional.of("resp_a"), later);
        Instant expired = NOW.plus(KEPT);

        assertThat(store.find(SCOPE, "resp_z", expired)).isEmpty();
        assertThat(store.conversation(SCOPE, "resp_b", expired, BOUND)).hasSize(2);
        assertThat(store.forget(expired, 10)).isEqualTo(1);
        assertThat(store.forget(later.plus(KEPT), 1)).isEqualTo(1);
        assertThat(store.forget(later.plus(KEPT), 10)).isEqualTo(1);
        assertThat(store.forget(later.plus(KEPT), 10)).isZero();
    }

    private StoredResponse insert(String id, Optional<String> previous, Instant at) {
        StoredResponse response = new StoredResponse(
                id,
                previous,
                "[\"말\"]".getBytes(StandardCharsets.UTF_8),
                ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8),
                at,
                at.plus(KEPT));
        store.insert(SCOPE, response);
        return response;
    }

    private static Object reason(ThrowingCallable work) {
        return catchThrowableOfType(PlatformException.class, work).reason();
    }
}
