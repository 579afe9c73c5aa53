package ai.exaone.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.exaone.identity.keycloak.KeycloakConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every setting, and what they are when nobody sets them. */
@Tag("server")
final class SettingsTest {
    private static final Path FILE = Path.of("/secrets/file");

    @Test
    void whatIsNotSetHasADefault() {
        try (var identity = RunningIdentity.withoutKeycloak()) {
            assertThat(identity.part(KeycloakConfig.class).bearerClients())
                    .containsExactly("exaone-cli", "exaone-installation");
        }
    }

    @Test
    void everythingThatIsSetIsRead() {
        try (var identity = RunningIdentity.withSettings(Map.of(
                "exaone.public-url",
                "https://ai.partner.example",
                "exaone.keycloak.bearer-clients",
                List.of("one", "two")))) {
            var keycloak = identity.part(KeycloakConfig.class);
            assertThat(keycloak.internalUrl()).isEqualTo(URI.create("http://127.0.0.1:9/auth"));
            assertThat(keycloak.identityClientSecretFile()).hasContent("identity");
            assertThat(keycloak.consoleClientSecretFile()).hasContent("console");
            assertThat(keycloak.bearerClients()).containsExactly("one", "two");
            var installation = identity.part(InstallationConfig.class);
            assertThat(installation.publicUrl()).isEqualTo(URI.create("https://ai.partner.example"));
            assertThat(installation.secretsDir()).isDirectoryContaining("glob:**/key-pepper");
        }
    }

    @Test
    void addressesAreWholeAndEndWithoutASlash() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InstallationConfig(URI.create("https://ai.partner.example/"), FILE))
                .withMessageContaining("exaone.public-url");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeycloakConfig(URI.create("localhost"), FILE, FILE, List.of()))
                .withMessageContaining("exaone.keycloak.internal-url");
    }

    @Test
    void aSecretIsReadWithoutItsLineEndAndNamedByItsFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "value\n");

        assertThat(InstallationConfig.readSecret(file)).isEqualTo("value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InstallationConfig.readSecret(folder.resolve("missing")))
                .withMessageContaining("missing");
    }
}
