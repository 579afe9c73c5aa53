package ai.exaone.identity;

import ai.exaone.identity.audit.AuditConfig;
import ai.exaone.identity.keycloak.KeycloakConfig;
import ai.exaone.testing.ConfigurationRecord;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every setting of identity, what holds without it, and what is said of a wrong one. */
class ConfigurationTest {
    @Test
    void theInstallation() {
        var config = ConfigurationRecord.of(InstallationConfig.class);
        Map<String, String> required =
                Map.of("exaone.public-url", "https://ai.partner.example", "exaone.secrets-dir", "/secrets");
        config.assertReads(
                required, new InstallationConfig(URI.create("https://ai.partner.example"), Path.of("/secrets")));
        required.keySet().forEach(key -> config.assertRequires(required, key));
        config.assertRefuses(required, "exaone.public-url", "https://ai.partner.example/");
        config.assertRefuses(required, "exaone.public-url", "ai.partner.example");
    }

    @Test
    void theAuditLog() {
        var config = ConfigurationRecord.of(AuditConfig.class);
        config.assertDefaults(Map.of(), new AuditConfig(400));
        config.assertReads(Map.of("exaone.audit.retention-days", "3650"), new AuditConfig(3650));
        config.assertRefuses(Map.of(), "exaone.audit.retention-days", "0");
        config.assertRefuses(Map.of(), "exaone.audit.retention-days", "36501");
        config.assertRefuses(Map.of(), "exaone.audit.retention-days", "30d");
    }

    @Test
    void signIn() {
        var config = ConfigurationRecord.of(KeycloakConfig.class);
        var url = URI.create("http://127.0.0.1:9/auth");
        Map<String, String> required = Map.of(
                "exaone.keycloak.internal-url", url.toString(),
                "exaone.keycloak.identity-client-secret-file", "/secrets/identity",
                "exaone.keycloak.console-client-secret-file", "/secrets/console");
        config.assertDefaults(
                required,
                new KeycloakConfig(
                        url,
                        Path.of("/secrets/identity"),
                        Path.of("/secrets/console"),
                        List.of("exaone-cli", "exaone-installation")));
        config.assertReads(
                Map.of(
                        "exaone.keycloak.internal-url", url.toString(),
                        "exaone.keycloak.identity-client-secret-file", "/secrets/identity",
                        "exaone.keycloak.console-client-secret-file", "/secrets/console",
                        "exaone.keycloak.bearer-clients", "one,two"),
                new KeycloakConfig(
                        url, Path.of("/secrets/identity"), Path.of("/secrets/console"), List.of("one", "two")));
        required.keySet().forEach(key -> config.assertRequires(required, key));
        config.assertRefuses(required, "exaone.keycloak.internal-url", "http://127.0.0.1:9/auth/");
    }
}
