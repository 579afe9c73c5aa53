package ai.exaone.testing;

import ai.exaone.servers.SoftwareCache;
import ai.exaone.servers.SoftwareVersions;
import ai.exaone.servers.keycloak.KeycloakServer;
import ai.exaone.servers.keycloak.KeycloakSoftware;
import ai.exaone.servers.keycloak.RealmClients;
import ai.exaone.servers.keycloak.RealmVariables;
import ai.exaone.servers.mariadb.DatabaseAccount;
import ai.exaone.servers.mariadb.MariaDbServer;
import ai.exaone.servers.mariadb.MariaDbSoftware;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A real Keycloak on a real MariaDB, with the production realm {@code exaone}. One per JVM, started at first use (about 20 s;
 * the very first on a machine unpacks and builds the software, 20 s more) and ended with the JVM.
 *
 * <p>Production's clients have the secrets below. A test that needs a person's token without a browser uses {@link
 * #passwordToken}: its client {@code exaone-test} exists in tests only.
 */
public final class TestKeycloak {
    public static final String PUBLIC_URL = "http://127.0.0.1:8080";
    public static final String IDENTITY_SECRET = "identity-secret-of-tests";
    public static final String CONSOLE_SECRET = "console-secret-of-tests";
    public static final String ADMIN_USER = "admin";
    public static final String ADMIN_PASSWORD = "password of the tests' admin";

    private static final String INSTALLATION_SECRET = "installation-secret-of-tests";
    private static final String TEST_CLIENT = "exaone-test";
    private static final int DATABASE_MEBIBYTES = 64;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final KeycloakServer server;

    private TestKeycloak(KeycloakServer server) {
        this.server = server;
    }

    /** The JVM's one instance, ready to answer. */
    public static TestKeycloak shared() {
        return Shared.INSTANCE;
    }

    /** {@code http://127.0.0.1:PORT/auth}. */
    public URI internalUrl() {
        return server.internalUrl();
    }

    /** {@code http://127.0.0.1:PORT/auth/realms/exaone}. */
    public URI realmUrl() {
        return server.realmUrl();
    }

    /** An access token of a person, from the password grant. */
    public String passwordToken(String user, String password) {
        return token(Map.of(
                "grant_type", "password",
                "client_id", TEST_CLIENT,
                "username", user,
                "password", password,
                "scope", "openid"));
    }

    /** An access token of a confidential client's own account. */
    public String clientToken(String clientId, String secret) {
        return token(Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", secret));
    }

    /** Posts a form below the realm, for instance to {@code /protocol/openid-connect/auth/device}. */
    public HttpResponse<String> post(String path, Map<String, String> form) {
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(realmUrl() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private String token(Map<String, String> form) {
        var response = post("/protocol/openid-connect/token", form);
        if (response.statusCode() != 200) {
            throw new IllegalStateException("No token: " + response.statusCode() + " " + response.body());
        }
        try {
            return json.readTree(response.body()).required("access_token").asText();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }

    private void createTestClient() {
        try (var clients = new RealmClients(internalUrl(), INSTALLATION_SECRET)) {
            clients.create(Map.of(
                    "clientId", TEST_CLIENT,
                    "publicClient", true,
                    "standardFlowEnabled", false,
                    "directAccessGrantsEnabled", true,
                    "protocolMappers",
                            List.of(Map.of(
                                    "name", "platform-audience",
                                    "protocol", "openid-connect",
                                    "protocolMapper", "oidc-audience-mapper",
                                    "config",
                                            Map.of(
                                                    "included.custom.audience", "exaone",
                                                    "access.token.claim", "true")))));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }

    private static TestKeycloak start() {
        var cache = SoftwareCache.ofUser(System.getenv());
        var versions = SoftwareVersions.ofThisBuild();
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var processes = new ServerProcesses("keycloak");

        var account = new DatabaseAccount("keycloak", "keycloakOfTests");
        var database = new MariaDbServer(
                MariaDbSoftware.prepare(cache, versions),
                processes.folder().resolve("database/mariadb"),
                FreePorts.take(),
                List.of(account),
                MariaDbServer.Durability.RELAXED,
                DATABASE_MEBIBYTES);
        database.install();
        processes.launch("database", database.command(), database::isReady);

        var keycloak = new KeycloakServer(
                KeycloakSoftware.prepare(cache, versions, java),
                processes.folder().resolve("keycloak"),
                FreePorts.take(),
                FreePorts.take(),
                database.jdbcUrl("mariadb", account),
                account.name(),
                account.password(),
                new RealmVariables(
                        PUBLIC_URL, CONSOLE_SECRET, IDENTITY_SECRET, INSTALLATION_SECRET, ADMIN_USER, ADMIN_PASSWORD));
        keycloak.install();
        processes.launch("keycloak", keycloak.command(), keycloak::isReady);

        var instance = new TestKeycloak(keycloak);
        instance.createTestClient();
        return instance;
    }

    /** Holds the instance and nothing else: code that other threads run would wait for this class to be initialised. */
    private static final class Shared {
        static final TestKeycloak INSTANCE = start();
    }
}
