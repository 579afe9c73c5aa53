package ai.exaone.gateway.signin;

import ai.exaone.store.crypto.MasterKey;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Seals attempts into cookies under the installation's key, one cookie each, so that several windows can sign in at once. */
public final class AttemptCookie {
    private static final String PREFIX = "exaone_signin_";
    private static final String PLACE = "gateway/signin/";
    private static final String PATH = "/signin/callback";
    private static final int NAMING_CHARACTERS = 12;

    private final MasterKey key;
    private final PublicAddress address;
    private final Clock clock;

    public AttemptCookie(MasterKey key, PublicAddress address, Clock clock) {
        this.key = key;
        this.address = address;
        this.clock = clock;
    }

    /** The cookie of an attempt that begins. */
    Cookie of(Attempt attempt) {
        byte[] sealed = key.encrypt(attempt.written().getBytes(StandardCharsets.UTF_8), PLACE + attempt.state());
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        return cookie(attempt.state(), value, Attempt.LIFETIME);
    }

    /** What takes an attempt's cookie away. */
    Cookie end(String state) {
        return cookie(state, "", Duration.ZERO);
    }

    /** The attempt to which a callback's state belongs, if this browser began it and not long ago. */
    Optional<Attempt> find(HttpRequest<?> request, String state) {
        return request.getCookies()
                .findCookie(name(state))
                .flatMap(cookie -> open(cookie.getValue(), state))
                .flatMap(written -> Attempt.read(written, clock.instant()))
                .filter(attempt -> attempt.state().equals(state));
    }

    private Optional<String> open(String value, String state) {
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(value);
            return Optional.of(new String(key.decrypt(sealed, PLACE + state), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | IllegalStateException forged) {
            return Optional.empty();
        }
    }

    private Cookie cookie(String state, String value, Duration lifetime) {
        return Cookie.of(name(state), value)
                .httpOnly(true)
                .secure(address.isSecure())
                // The way back from Keycloak is a navigation from its page, which is on our own site.
                .sameSite(SameSite.Lax)
                .path(PATH)
                .maxAge(lifetime);
    }

    /** A cookie's name takes few characters; a state has only such as fit. */
    private static String name(String state) {
        String fitting = state.replaceAll("[^A-Za-z0-9_-]", "");
        return PREFIX + fitting.substring(0, Math.min(NAMING_CHARACTERS, fitting.length()));
    }
}
