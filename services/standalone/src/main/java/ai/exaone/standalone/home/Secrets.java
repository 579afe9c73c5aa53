package ai.exaone.standalone.home;

import ai.exaone.servers.Folders;
import ai.exaone.servers.InstallationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The installation's secrets, all present. */
public final class Secrets {
    private static final String ENGINE_KEY = "engine.key";

    private final Path folder;

    private Secrets(Path folder) {
        this.folder = folder;
    }

    /** Makes the secrets that are missing, unless data exists that only the missing one can read. */
    public static Secrets open(Home home, SecureRandom random) {
        var secrets = new Secrets(home.secretsFolder());
        try {
            for (var secret : Secret.values()) {
                var file = secrets.file(secret);
                if (Files.exists(file)) {
                    continue;
                }
                if (secret == Secret.MASTER_KEY && home.hasData()) {
                    throw new InstallationException(file + " is missing, but " + home.dataFolder()
                            + " holds data encrypted under it. Restore the file from your backup.");
                }
                Folders.writePrivate(file, secret.generate(random) + "\n");
            }
        } catch (IOException failure) {
            throw new InstallationException("Cannot write secrets to " + home.secretsFolder(), failure);
        }
        return secrets;
    }

    public Path file(Secret secret) {
        return folder.resolve(secret.fileName());
    }

    public String read(Secret secret) {
        try {
            return Files.readString(file(secret)).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Keeps the key of an external engine in a file, for command lines and environments are seen by more eyes. */
    public static Path keepEngineKey(Home home, String key) {
        var file = home.secretsFolder().resolve(ENGINE_KEY);
        try {
            Folders.writePrivate(file, key + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return file;
    }
}
