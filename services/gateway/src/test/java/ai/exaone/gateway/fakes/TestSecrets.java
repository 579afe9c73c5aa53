package ai.exaone.gateway.fakes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** An installation's folder of secrets, the same for all gateways, also for those of other processes. */
public final class TestSecrets {
    private static final Path FOLDER = make();

    private TestSecrets() {}

    /** The folder, with a master key of nothing but zeros. */
    public static Path folder() {
        return FOLDER;
    }

    private static Path make() {
        try {
            Path folder = Files.createTempDirectory("secrets");
            Path key = Files.writeString(
                    folder.resolve("master.key"), Base64.getEncoder().encodeToString(new byte[32]));
            folder.toFile().deleteOnExit();
            key.toFile().deleteOnExit();
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
