package ai.exaone.servers.keycloak;

import ai.exaone.servers.InstallationException;
import ai.exaone.servers.ServerCommand;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * One sign-in server on loopback, with the realm {@code exaone} in a database of its own.
 *
 * @param home a folder of this instance: its realm file, its scratch files, and links to the software
 * @param port of HTTP, on loopback
 * @param managementPort of its health endpoint, on loopback
 * @param database its JDBC address, {@code jdbc:mariadb://…}
 */
public record KeycloakServer(
        KeycloakSoftware software,
        Path home,
        int port,
        int managementPort,
        String database,
        String databaseUser,
        String databasePassword,
        RealmVariables realm) {
    private static final String REALM_FILE = "exaone-realm.json";
    private static final List<String> LINKED = List.of("lib", "bin", "providers", "themes");
    private static final int PROBE_MILLISECONDS = 2000;

    public KeycloakServer {
        home = home.toAbsolutePath();
    }

    /** The base of all its addresses inside of this machine. */
    public URI internalUrl() {
        return URI.create("http://127.0.0.1:" + port + "/auth");
    }

    public URI realmUrl() {
        return URI.create(internalUrl() + "/realms/exaone");
    }

    /** Makes the instance's folder, or brings it up to date with this software and this realm. */
    public void install() {
        try {
            Files.createDirectories(home.resolve("conf"));
            var imports = Files.createDirectories(home.resolve("data/import"));
            for (var name : LINKED) {
                var link = home.resolve(name);
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, software.folder().resolve(name));
            }
            try (var realmFile = KeycloakServer.class.getResourceAsStream(REALM_FILE)) {
                if (realmFile == null) {
                    throw new IllegalStateException(REALM_FILE + " is missing from the class path");
                }
                Files.copy(realmFile, imports.resolve(REALM_FILE), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException failure) {
            throw new InstallationException(
                    "Cannot write Keycloak's folder " + home + ": " + failure.getMessage(), failure);
        }
    }

    public ServerCommand command() {
        var arguments = new ArrayList<>(KeycloakSoftware.program(software.java(), software.folder(), home));
        arguments.addAll(List.of(
                "--profile=prod",
                "start",
                "--optimized",
                // A realm that exists is left alone.
                "--import-realm",
                "--cache=local",
                "--db-pool-initial-size=1",
                "--db-pool-max-size=20",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-port=" + managementPort,
                "--hostname=" + realm.publicUrl() + "/auth",
                "--hostname-backchannel-dynamic=true",
                "--proxy-headers=xforwarded"));
        var environment = new HashMap<>(realm.environment());
        environment.put("KC_DB_URL", database);
        environment.put("KC_DB_USERNAME", databaseUser);
        environment.put("KC_DB_PASSWORD", databasePassword);
        // A query that fails on a connection which broke unnoticed lets Keycloak take people for unknown and end their
        // sessions.
        environment.put("QUARKUS_DATASOURCE_JDBC_VALIDATE_ON_BORROW", "true");
        return new ServerCommand(arguments, environment);
    }

    /** Whether the realm answers. Its health endpoint says ready while the realm is still being made, so it is not asked. */
    public boolean isReady() {
        try {
            var connection = (HttpURLConnection) realmUrl().toURL().openConnection();
            connection.setConnectTimeout(PROBE_MILLISECONDS);
            connection.setReadTimeout(PROBE_MILLISECONDS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "KeycloakServer[" + internalUrl() + ", " + home + "]";
    }
}
