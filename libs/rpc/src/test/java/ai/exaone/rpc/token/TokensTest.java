package ai.exaone.rpc.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.exaone.errors.PlatformException;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcError;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final KeyPair KEYS = keys();
    private static final Principal RUN = new Principal(
            "run_1",
            "nightly report",
            Principal.Kind.RUN,
            Optional.of("tnt_1"),
            Optional.of("prj_1"),
            Optional.of("key_1"),
            Optional.of("agt_1"),
            Optional.of("rel_1"),
            Optional.of("run_1"),
            Set.of("inference.call"),
            List.of("exaone-4.0-32b"),
            2);

    @Test
    void whatIsSignedIsWhatIsVerified() {
        assertThat(verifier(NOW).verify(signer(KEYS).sign(RUN, Duration.ofMinutes(5))))
                .isEqualTo(RUN);
        Principal person = Principal.user("usr_1", "김하나", Optional.empty(), Set.of());
        assertThat(verifier(NOW).verify(signer(KEYS).sign(person, Duration.ofSeconds(1))))
                .isEqualTo(person);
    }

    @Test
    void anExpiredTokenIsRefused() {
        String token = signer(KEYS).sign(RUN, Duration.ofMinutes(5));
        assertThat(verifier(NOW.plusSeconds(299)).verify(token)).isEqualTo(RUN);
        refused(NOW.plusSeconds(301), token);
    }

    @Test
    void aTokenOfAnotherKeyIsRefused() {
        refused(NOW, signer(keys()).sign(RUN, Duration.ofMinutes(1)));
    }

    @Test
    void everyChangedCharacterIsNoticed() {
        String token = signer(KEYS).sign(RUN, Duration.ofMinutes(1));
        // The last character of a base64url part may carry unused bits, so it is not changed.
        for (int i = 0; i < token.length() - 1; i++) {
            char changed = token.charAt(i) == 'A' ? 'B' : 'A';
            if (token.charAt(i + 1) != '.') {
                refused(NOW, token.substring(0, i) + changed + token.substring(i + 1));
            }
        }
    }

    @Test
    void noTokenLivesLongerThanFiveMinutes() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> signer(KEYS).sign(RUN, Duration.ofMinutes(5).plusMillis(1)));
    }

    @Test
    void missingKeysAreAnOutageAndNotAnUnknownCaller() {
        TokenVerifier verifier = new TokenVerifier(
                keyId -> {
                    throw new PlatformException(RpcError.SERVICE_UNAVAILABLE, "No keys just now.");
                },
                Clock.fixed(NOW, ZoneOffset.UTC));
        String token = signer(KEYS).sign(RUN, Duration.ofMinutes(1));
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> verifier.verify(token))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(RpcError.SERVICE_UNAVAILABLE));
    }

    private static void refused(Instant now, String token) {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> verifier(now).verify(token))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(RpcError.UNAUTHENTICATED));
    }

    private static TokenSigner signer(KeyPair keys) {
        return new TokenSigner("2026-03", keys.getPrivate(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static TokenVerifier verifier(Instant now) {
        byte[] raw = Ed25519Keys.encode(KEYS.getPublic());
        return new TokenVerifier(
                keyId -> keyId.equals("2026-03") ? Optional.of(Ed25519Keys.decode(raw)) : Optional.empty(),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
