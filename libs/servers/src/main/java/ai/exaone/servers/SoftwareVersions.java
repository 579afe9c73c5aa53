package ai.exaone.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Which software this build was made with, as its build recorded it.
 *
 * @param keycloakArchive the distribution's zip where Maven put it; {@code EXAONE_KEYCLOAK_ARCHIVE} overrides it
 */
public record SoftwareVersions(String mariaDb, String keycloak, Path keycloakArchive) {
    public static SoftwareVersions ofThisBuild() {
        var properties = new Properties();
        try (var stream = SoftwareVersions.class.getResourceAsStream("software.properties")) {
            if (stream == null) {
                throw new IllegalStateException("software.properties is missing from the class path");
            }
            properties.load(stream);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        var override = System.getenv("EXAONE_KEYCLOAK_ARCHIVE");
        return new SoftwareVersions(
                properties.getProperty("mariadb.version"),
                properties.getProperty("keycloak.version"),
                Path.of(override == null ? properties.getProperty("keycloak.archive") : override));
    }

    /** The archive, after a check that it is there. */
    public Path requireKeycloakArchive() {
        if (!Files.isReadable(keycloakArchive)) {
            throw new InstallationException("Keycloak's archive is not at " + keycloakArchive
                    + ". Build again (./exaone build), or name it in EXAONE_KEYCLOAK_ARCHIVE.");
        }
        return keycloakArchive;
    }
}
