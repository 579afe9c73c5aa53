package ai.exaone.gateway.fakes;

import ai.exaone.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** What a gateway needs to keep something: a database, and the installation's key. */
public final class KeptFiles {
    private KeptFiles() {}

    /**
     * The settings of a gateway that keeps what callers ask for in a database.
     *
     * @param folder for the key and the password
     */
    public static Map<String, Object> settings(Path folder, TestDatabase database) {
        try {
            Path secrets = Files.createDirectories(folder.resolve("secrets"));
            Files.writeString(secrets.resolve("master.key"), Base64.getEncoder().encodeToString(new byte[32]));
            Path password = Files.writeString(
                    folder.resolve("password"), database.config().password());
            return settings(secrets, database.config().url(), database.config().user(), password);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same settings where all of it is there. */
    public static Map<String, Object> settings(Path secrets, String url, String user, Path password) {
        return new HashMap<>(Map.of(
                "exaone.secrets-dir",
                secrets.toString(),
                "exaone.database.gateway.url",
                url,
                "exaone.database.gateway.user",
                user,
                "exaone.database.gateway.password-file",
                password.toString()));
    }
}
