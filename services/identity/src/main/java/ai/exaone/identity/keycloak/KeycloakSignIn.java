package ai.exaone.identity.keycloak;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.person.SignedInAccount;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;

/** Sign-in by the client {@code exaone-console}. */
final class KeycloakSignIn implements SignInServer {
    private final KeycloakHttp http;
    private final KeycloakRealm realm;
    private final ClientAccount client;
    private final KeycloakTokens tokens;

    KeycloakSignIn(KeycloakHttp http, KeycloakRealm realm, ClientAccount client, KeycloakTokens tokens) {
        this.http = http;
        this.realm = realm;
        this.client = client;
        this.tokens = tokens;
    }

    @Override
    public SignedIn redeem(String code, String codeVerifier, String redirectUri, String nonce) {
        JsonNode granted = grant(Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                client.clientId(),
                "client_secret",
                client.secret(),
                "code",
                code,
                "code_verifier",
                codeVerifier,
                "redirect_uri",
                redirectUri));
        tokens.requireNonce(granted.path("id_token").asText(), client.clientId(), nonce);
        return signedIn(granted);
    }

    @Override
    public SignedIn refresh(String refreshToken) {
        return signedIn(grant(Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                client.clientId(),
                "client_secret",
                client.secret(),
                "refresh_token",
                refreshToken)));
    }

    @Override
    public void end(String refreshToken) {
        // A session that is over already is refused with 400: as good as ended.
        http.postForm(
                realm.logout(),
                Map.of(
                        "client_id", client.clientId(),
                        "client_secret", client.secret(),
                        "refresh_token", refreshToken));
    }

    private JsonNode grant(Map<String, String> form) {
        KeycloakHttp.Answer answer = http.postForm(realm.token(), form);
        if (!answer.isSuccess()) {
            String error = answer.body().path("error").asText();
            if (error.equals("invalid_grant")) {
                throw new PlatformException(KeycloakError.SIGN_IN_REFUSED, "Sign in again.");
            }
            throw KeycloakHttp.unexpected("a grant of " + client, answer);
        }
        return answer.body();
    }

    private SignedIn signedIn(JsonNode granted) {
        SignedInAccount account = tokens.verify(granted.path("access_token").asText(), client.clientId());
        return new SignedIn(
                account,
                granted.path("refresh_token").asText(),
                Duration.ofSeconds(granted.path("expires_in").asLong()));
    }
}
