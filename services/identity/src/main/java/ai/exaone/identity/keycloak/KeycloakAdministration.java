package ai.exaone.identity.keycloak;

import ai.exaone.errors.PlatformException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls the realm's administration as the client {@code exaone-identity}, whose access token is fetched when needed and kept for
 * most of its life. Thread-safe.
 */
final class KeycloakAdministration {
    private static final int UNAUTHORIZED = 401;
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final KeycloakHttp http;
    private final KeycloakRealm realm;
    private final ClientAccount client;
    private final Clock clock;
    private volatile @Nullable Access access;

    KeycloakAdministration(KeycloakHttp http, KeycloakRealm realm, ClientAccount client, Clock clock) {
        this.http = http;
        this.realm = realm;
        this.client = client;
        this.clock = clock;
    }

    private record Access(String token, Instant until) {}

    KeycloakHttp.Answer get(String path) {
        return retried(token -> http.send("GET", realm.administration(path), token));
    }

    KeycloakHttp.Answer delete(String path) {
        return retried(token -> http.send("DELETE", realm.administration(path), token));
    }

    KeycloakHttp.Answer post(String path, Object body) {
        return retried(token -> http.sendJson("POST", realm.administration(path), token, body));
    }

    KeycloakHttp.Answer put(String path, Object body) {
        return retried(token -> http.sendJson("PUT", realm.administration(path), token, body));
    }

    private interface Call {
        KeycloakHttp.Answer with(String token);
    }

    /** A token that Keycloak no longer knows, for it was restarted with other keys, is fetched anew once. */
    private KeycloakHttp.Answer retried(Call call) {
        KeycloakHttp.Answer answer = call.with(token());
        if (answer.status() != UNAUTHORIZED) {
            return answer;
        }
        access = null;
        return call.with(token());
    }

    private String token() {
        Access present = access;
        if (present != null && clock.instant().isBefore(present.until())) {
            return present.token();
        }
        return fetch();
    }

    private synchronized String fetch() {
        KeycloakHttp.Answer answer = http.postForm(
                realm.token(),
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", client.clientId(),
                        "client_secret", client.secret()));
        if (!answer.isSuccess()) {
            // Our own credentials: nothing that the caller could mend.
            throw PlatformException.internal(
                    new IllegalStateException("Keycloak refused " + client + " with status " + answer.status()));
        }
        String token = answer.body().path("access_token").asText();
        Duration life = Duration.ofSeconds(answer.body().path("expires_in").asLong());
        access = new Access(token, clock.instant().plus(life).minus(MARGIN));
        return token;
    }
}
