package ai.exaone.cli.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.cli.CliException;
import ai.exaone.cli.StandInPlatform;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceLoginTest {
    private static final String REALM = "POST /auth/realms/exaone/protocol/openid-connect";
    private static final String DEVICE = """
            {"device_code": "d/1", "user_code": "ABCD-EFGH", "verification_uri_complete": "https://x.example/device?user_code=ABCD-EFGH",
             "interval": 0, "expires_in": 60}
            """;

    private final StringWriter out = new StringWriter();
    private StandInPlatform platform;

    @BeforeEach
    void serve() throws IOException {
        platform = new StandInPlatform();
        platform.answers(REALM + "/auth/device", DEVICE);
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void waitsUntilItIsConfirmed() {
        platform.answers(REALM + "/token", "400 {\"error\": \"authorization_pending\"}", "{\"refresh_token\": \"rt\"}");
        assertThat(signIn()).isEqualTo("rt");
        assertThat(out.toString()).contains("ABCD-EFGH", "https://x.example/device?user_code=ABCD-EFGH");
        assertThat(platform.asked())
                .hasSize(3)
                .last()
                .satisfies(asked -> assertThat(asked.body()).contains("client_id=exaone-cli", "device_code=d%2F1"));
    }

    @Test
    void saysThatItWasRefused() {
        platform.answers(
                REALM + "/token",
                "400 {\"error\": \"access_denied\", \"error_description\": \"The end user denied the authorization request\"}");
        assertThatThrownBy(this::signIn)
                .isInstanceOf(CliException.class)
                .hasMessage("Not signed in: The end user denied the authorization request");
    }

    @Test
    void saysThatTheSignInServiceIsNotThereYet() {
        platform.answers(REALM + "/auth/device", "503 <html>Service unavailable</html>");
        assertThatThrownBy(this::signIn).isInstanceOf(CliException.class).hasMessageContaining("not ready");
    }

    @Test
    void saysThatNothingListens() {
        platform.close();
        assertThatThrownBy(this::signIn)
                .isInstanceOf(CliException.class)
                .hasMessageContaining(platform.url() + " cannot be reached");
    }

    private String signIn() {
        return new DeviceLogin(new Realm(platform.url()), new PrintWriter(out)).signIn();
    }
}
