package ai.exaone.gateway.fakes;

import ai.exaone.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A database in which a gateway keeps what callers ask it to keep. */
public final class KeptFiles {
    private KeptFiles() {}

    /**
     * The settings of a gateway with that database.
     *
     * @param folder for the password
     */
    public static Map<String, Object> settings(Path folder, TestDatabase database) {
        try {
            Path password = Files.writeString(
                    folder.resolve("password"), database.config().password());
            return settings(database.config().url(), database.config().user(), password);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same settings where the password's file is there. */
    public static Map<String, Object> settings(String url, String user, Path password) {
        return new HashMap<>(Map.of(
                "exaone.database.gateway.url",
                url,
                "exaone.database.gateway.user",
                user,
                "exaone.database.gateway.password-file",
                password.toString()));
    }
}
