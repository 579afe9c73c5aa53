package ai.exaone.identity.keycloak;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accounts in Keycloak. */
final class KeycloakAccounts implements AccountDirectory {
    private static final int CONFLICT = 409;

    private final KeycloakAdministration administration;

    KeycloakAccounts(KeycloakAdministration administration) {
        this.administration = administration;
    }

    @Override
    public Optional<String> findByEmail(String email) {
        String query =
                "?exact=true&briefRepresentation=true&max=2&email=" + URLEncoder.encode(email, StandardCharsets.UTF_8);
        KeycloakHttp.Answer answer = administration.get("/users" + query);
        if (!answer.isSuccess()) {
            throw KeycloakHttp.unexpected("a search for an account", answer);
        }
        return Optional.of(answer.body().path(0).path("id").asText()).filter(subject -> !subject.isEmpty());
    }

    @Override
    public Optional<String> create(String email, TemporaryPassword password) {
        KeycloakHttp.Answer answer = administration.post(
                "/users",
                Map.of(
                        "username",
                        email,
                        "email",
                        email,
                        "enabled",
                        true,
                        "credentials",
                        List.of(credential(password)),
                        "requiredActions",
                        List.of("UPDATE_PASSWORD")));
        if (answer.status() == CONFLICT) {
            return Optional.empty();
        }
        if (!answer.isSuccess()) {
            throw KeycloakHttp.unexpected("the creation of an account", answer);
        }
        return Optional.of(answer.location().substring(answer.location().lastIndexOf('/') + 1));
    }

    @Override
    public void resetPassword(String subject, TemporaryPassword password) {
        KeycloakHttp.Answer answer = administration.put("/users/" + subject + "/reset-password", credential(password));
        if (!answer.isSuccess()) {
            throw KeycloakHttp.unexpected("a new password", answer);
        }
    }

    private static Map<String, Object> credential(TemporaryPassword password) {
        return Map.of("type", "password", "value", password.text(), "temporary", true);
    }
}
