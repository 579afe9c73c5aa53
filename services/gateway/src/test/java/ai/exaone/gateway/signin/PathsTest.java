package ai.exaone.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that come from outside. */
class PathsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/realms/exaone",
                "/auth/realms/exaone/.well-known/openid-configuration",
                "/auth/realms/exaone/protocol/openid-connect/auth",
                "/auth/realms/exaone/login-actions/authenticate",
                "/auth/realms/exaone/account/",
                "/auth/resources/a1b2c/login/keycloak.v2/css/styles.css",
                "/auth/resources/a1b2c/common/keycloak/vendor/patternfly-v5/patternfly.min.css"
            })
    void keycloaksRealmAndItsFilesAreOpen(String path) {
        assertThat(ProxiedPath.of(path)).map(ProxiedPath::path).hasValue(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth",
                "/auth/",
                "/auth/admin/",
                "/auth/admin/realms/exaone",
                "/auth/realms/master",
                "/auth/realms/master/protocol/openid-connect/token",
                "/auth/realms/exaone2/account",
                "/auth/realms/exaone/../master/",
                "/auth/realms/exaone/..",
                "/auth/realms/exaone/./account",
                "/auth/realms/exaone/%2e%2e/master/",
                "/auth/realms/exaone/%2E%2E/master/",
                "/auth/realms/exaone/..%2fmaster/",
                "/auth/realms/exaone%2f..%2fmaster/",
                "/auth/realms/exaone/%252e%252e/master/",
                "/auth/realms/exaone/..;/master/",
                "/auth/realms/exaone;x=y/account",
                "/auth/realms/exaone//account",
                "/auth/realms/exaone/\\..\\master",
                "/auth/realms/exaone/%5c..%5cmaster",
                "/auth/realms/exaone/a%00b",
                "/auth/realms/exaone/%ef%bc%8e%ef%bc%8e/master",
                "/auth/resources/../admin/",
                "/auth/metrics",
                "/auth/health/ready",
                "/AUTH/realms/exaone/",
                "//auth/realms/exaone/"
            })
    void nothingElseOfKeycloakIs(String path) {
        assertThat(ProxiedPath.of(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console/", "/console/t/acme/keys?page=2#top", "/console/%ED%95%9C", "/a:b@c"})
    void aPathOfOursIsReturnedTo(String path) {
        assertThat(ReturnPath.of(path).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "console/",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/\t/evil.example",
                "/\n/evil.example",
                "https://evil.example/",
                "javascript:alert(1)",
                "/console/ x",
                "/console/\\",
                "/한"
            })
    void everythingElseIsTheConsole(String path) {
        assertThat(ReturnPath.of(path)).isEqualTo(ReturnPath.CONSOLE);
    }

    @Test
    void aPathToReturnToHasABound() {
        assertThat(ReturnPath.of("/" + "a".repeat(3000))).isEqualTo(ReturnPath.CONSOLE);
    }

    @ParameterizedTest
    @CsvSource({
        "https://Exaone.Example, https://exaone.example",
        "https://exaone.example:443, https://exaone.example",
        "http://exaone.example:80, http://exaone.example",
        "https://exaone.example:8443, https://exaone.example:8443",
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "http://[::1]:8080, http://[::1]:8080"
    })
    void anOriginIsAsBrowsersNameIt(URI url, String origin) {
        assertThat(new PublicAddress(url).origin()).isEqualTo(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"exaone.example", "ftp://exaone.example", "https://exaone.example/", "https://exaone.example/a"})
    void anAddressIsAnOriginAndNothingMore(URI url) {
        assertThatThrownBy(() -> new PublicAddress(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exaone.public-url");
    }
}
