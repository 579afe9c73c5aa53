package ai.exaone.servers.keycloak;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The realm's clients, as the account {@code exaone-installation} may change them. Blocking; every call is bounded in time.
 */
public final class RealmClients implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI keycloak;
    private final String secret;

    /**
     * @param keycloak the server's internal URL, ending in {@code /auth}
     * @param secret of the client {@code exaone-installation}
     */
    public RealmClients(URI keycloak, String secret) {
        this.keycloak = keycloak;
        this.secret = secret;
    }

    /** Makes sign-in return to this public URL. The realm file says it at creation only; the URL may have changed since. */
    public void pointConsoleTo(String publicUrl) throws IOException, InterruptedException {
        var client = Map.of(
                "clientId", "exaone-console",
                "redirectUris", List.of(publicUrl + "/signin/callback"),
                "attributes", Map.of("post.logout.redirect.uris", publicUrl + "/console/*"));
        var response = send(administration("/clients/exaone-console")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(client))));
        if (response.statusCode() != 204) {
            throw new IOException("Keycloak refused the console's new address: status " + response.statusCode());
        }
    }

    /** Creates a client. One with the same client id must not exist. */
    public void create(Map<String, Object> client) throws IOException, InterruptedException {
        var response = send(administration("/clients")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(client))));
        if (response.statusCode() != 201) {
            throw new IOException("Keycloak refused a client: status " + response.statusCode());
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder administration(String path) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(URI.create(keycloak + "/admin/realms/exaone" + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json");
    }

    /** A fresh access token of the account. */
    public String token() throws IOException, InterruptedException {
        var form = "grant_type=client_credentials&client_id=exaone-installation&client_secret="
                + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        var response =
                send(HttpRequest.newBuilder(URI.create(keycloak + "/realms/exaone/protocol/openid-connect/token"))
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
        if (response.statusCode() != 200) {
            throw new IOException("Keycloak refused the installation's account: status " + response.statusCode());
        }
        return json.readTree(response.body()).required("access_token").asText();
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
