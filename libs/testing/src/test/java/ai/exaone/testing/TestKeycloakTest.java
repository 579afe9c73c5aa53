package ai.exaone.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The realm as production imports it. */
@Tag("server")
class TestKeycloakTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestKeycloak keycloak = TestKeycloak.shared();

    @Test
    void theAdminIsAPlatformAdminWithoutAnythingLeftToFillIn() throws IOException {
        var claims = claims(keycloak.passwordToken(TestKeycloak.ADMIN_USER, TestKeycloak.ADMIN_PASSWORD));

        assertThat(claims.at("/realm_access/roles"))
                .extracting(JsonNode::asText)
                .contains("platform-admin");
        assertThat(claims.at("/preferred_username").asText()).isEqualTo(TestKeycloak.ADMIN_USER);
    }

    @Test
    void tokensNameThePlatformAsTheirAudienceAndThePublicUrlAsTheirIssuer() throws IOException {
        var claims = claims(keycloak.passwordToken(TestKeycloak.ADMIN_USER, TestKeycloak.ADMIN_PASSWORD));

        assertThat(claims.path("aud").toString()).contains("\"exaone\"");
        assertThat(claims.path("iss").asText()).isEqualTo(TestKeycloak.PUBLIC_URL + "/auth/realms/exaone");
    }

    @Test
    void productionClientsRefuseThePasswordGrant() {
        var response = keycloak.post(
                "/protocol/openid-connect/token",
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "exaone-cli",
                        "username",
                        TestKeycloak.ADMIN_USER,
                        "password",
                        TestKeycloak.ADMIN_PASSWORD));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("unauthorized_client");
    }

    @Test
    void identityMayCreatePeopleAndOrganizationsButNotTouchClients() throws IOException, InterruptedException {
        var token = keycloak.clientToken("exaone-identity", TestKeycloak.IDENTITY_SECRET);

        assertThat(create(token, "/users", """
                {"username": "kim", "email": "kim@partner.example", "enabled": true}""")).isEqualTo(201);
        assertThat(create(token, "/organizations", """
                {"name": "partner", "alias": "partner", "domains": [{"name": "partner.example"}]}""")).isEqualTo(201);
        assertThat(create(token, "/clients", """
                {"clientId": "another"}""")).isEqualTo(403);
    }

    @Test
    void aWrongSecretIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> keycloak.clientToken("exaone-identity", "wrong"))
                .withMessageContaining("401");
    }

    @Test
    void theCommandLineCanStartTheDeviceFlow() throws IOException {
        var response = keycloak.post(
                "/protocol/openid-connect/auth/device", Map.of("client_id", "exaone-cli", "scope", "openid"));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(JSON.readTree(response.body()).path("verification_uri").asText())
                .isEqualTo(TestKeycloak.PUBLIC_URL + "/auth/realms/exaone/device");
    }

    @Test
    void theConsoleSignsInOnlyWithProofKeyAndOnlyToItsOwnAddress() throws IOException, InterruptedException {
        var withoutProofKey = authorize("redirect_uri=" + TestKeycloak.PUBLIC_URL + "/signin/callback");
        var elsewhere = authorize("redirect_uri=http://elsewhere.example/signin/callback");
        var complete = authorize(
                "redirect_uri=" + TestKeycloak.PUBLIC_URL
                        + "/signin/callback&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256");

        assertThat(withoutProofKey.headers().firstValue("Location").orElseThrow())
                .contains("error=invalid_request");
        assertThat(elsewhere.statusCode()).isEqualTo(400);
        assertThat(complete.statusCode()).isEqualTo(200);
        assertThat(complete.body()).contains("kc-form-login");
    }

    private HttpResponse<String> authorize(String query) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(keycloak.realmUrl()
                                        + "/protocol/openid-connect/auth?client_id=exaone-console&response_type=code&scope=openid&"
                                        + query))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private int create(String token, String path, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(keycloak.internalUrl() + "/admin/realms/exaone" + path))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static JsonNode claims(String token) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }
}
