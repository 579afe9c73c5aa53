package ai.exaone.standalone.home;

import ai.exaone.servers.Folders;
import ai.exaone.servers.InstallationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of one installation and where everything is in it. All of it belongs to one user and is closed to others.
 *
 * @param root {@code $EXAONE_HOME}
 */
public record Home(Path root) {
    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /** Makes the folders that are missing, and closes all to other users. */
    public void create() {
        try {
            Folders.createPrivate(root);
            for (var folder : new Path[] {
                secretsFolder(), runFolder(), logsFolder(), dataFolder(), certificatesFolder(), spoolFolder()
            }) {
                Folders.createPrivate(folder);
            }
        } catch (IOException failure) {
            throw new InstallationException(
                    "Cannot write to " + root + " (" + failure.getMessage() + "). EXAONE_HOME names another place.",
                    failure);
        }
    }

    /** Whether an installation has ever kept data here. */
    public boolean hasData() {
        return Files.isDirectory(databaseFolder());
    }

    /** The operator's own settings; need not exist. */
    public Path configFile() {
        return root.resolve("config.yml");
    }

    public Path credentialsFile() {
        return root.resolve("credentials.env");
    }

    public Path secretsFolder() {
        return root.resolve("secrets");
    }

    public Path certificatesFolder() {
        return root.resolve("certificates");
    }

    /** Process ids and states of what runs now. */
    public Path runFolder() {
        return root.resolve("run");
    }

    public Path logsFolder() {
        return root.resolve("logs");
    }

    public Path logFile(String part) {
        return logsFolder().resolve(part + ".log");
    }

    public Path dataFolder() {
        return root.resolve("data");
    }

    public Path databaseFolder() {
        return dataFolder().resolve("mariadb");
    }

    public Path keycloakFolder() {
        return dataFolder().resolve("keycloak");
    }

    public Path spoolFolder() {
        return dataFolder().resolve("spool");
    }
}
