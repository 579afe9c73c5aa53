package ai.exaone.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.token.TokenVerifier;
import ai.exaone.store.crypto.MasterKey;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.MutableClock;
import ai.exaone.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The life of signing keys, in one process of identity and in two. */
@EveryEngine(migrated = "identity")
final class SigningKeysTest {
    private static final Principal CALLER = Principal.user("usr_1", "Kim", Optional.empty(), Set.of());
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final MutableClock clock = MutableClock.started();
    private final SecureRandom random = new SecureRandom();
    private final TestDatabase database;
    private final SigningKeys one;
    private final SigningKeys other;

    SigningKeysTest(TestDatabase database) {
        this.database = database;
        this.one = process(new byte[32]);
        this.other = process(new byte[32]);
    }

    @Test
    void twoProcessesSignWithTheSameKey() {
        String token = one.sign(CALLER, LIFETIME);

        assertThat(verify(other, token).subject()).isEqualTo("usr_1");
        assertThat(one.verifying()).hasSize(1);
        assertThat(other.verifying()).extracting(SigningKey::keyId).containsExactly(keyId(one));
    }

    @Test
    void aTokenOutlivesTheChangeOfKeysAndAnOldKeyIsForgottenAfterwards() {
        String token = one.sign(CALLER, LIFETIME);
        String before = keyId(one);
        one.rotate();

        assertThat(verify(one, token).subject()).isEqualTo("usr_1");
        assertThat(one.verifying())
                .extracting(SigningKey::keyId)
                .hasSize(2)
                .element(1)
                .isEqualTo(before);
        // The other process has not noticed yet: what it signs is verified all the same.
        assertThat(verify(one, other.sign(CALLER, LIFETIME)).subject()).isEqualTo("usr_1");

        clock.advance(Duration.ofMinutes(12));
        assertThat(one.verifying()).extracting(SigningKey::keyId).doesNotContain(before);
        assertThat(verify(one, other.sign(CALLER, LIFETIME)).subject()).isEqualTo("usr_1");
        assertThatThrownBy(() -> verify(one, token)).isInstanceOf(PlatformException.class);
    }

    @Test
    void aKeySignsForAMonth() {
        String first = keyId(one);
        clock.advance(Duration.ofDays(30));
        one.renew();
        assertThat(keyId(one)).isEqualTo(first);

        clock.advance(Duration.ofSeconds(1));
        one.renew();
        other.renew();
        assertThat(keyId(one)).isNotEqualTo(first).isEqualTo(keyId(other));
    }

    @Test
    void anotherMasterKeyCannotSign() {
        one.sign(CALLER, LIFETIME);
        byte[] wrong = new byte[32];
        wrong[0] = 1;

        assertThatThrownBy(() -> process(wrong).sign(CALLER, LIFETIME)).isInstanceOf(IllegalStateException.class);
    }

    private SigningKeys process(byte[] masterKey) {
        return new SigningKeys(
                new MySqlSigningKeyStore(database.transactions(), new MasterKey(masterKey, random)),
                new IdGenerator(clock, random),
                clock);
    }

    private Principal verify(SigningKeys keys, String token) {
        return new TokenVerifier(
                        id -> keys.verifying().stream()
                                .filter(key -> key.keyId().equals(id))
                                .map(SigningKey::publicKey)
                                .findFirst(),
                        clock)
                .verify(token);
    }

    private static String keyId(SigningKeys keys) {
        return keys.verifying().getFirst().keyId();
    }
}
