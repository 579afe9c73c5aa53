package ai.exaone.standalone.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.servers.InstallationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    private final SecureRandom random = new SecureRandom();
    private Home home;

    @BeforeEach
    void createHome() {
        home = new Home(folder.resolve("home"));
        home.create();
    }

    @Test
    void areMadeOnceAndDifferFromOneAnother() {
        var first = Secrets.open(home, random);
        var second = Secrets.open(home, random);

        assertThat(Secret.values())
                .allSatisfy(secret -> assertThat(second.read(secret)).isEqualTo(first.read(secret)));
        assertThat(Arrays.stream(Secret.values()).map(first::read).distinct()).hasSize(Secret.values().length);
        assertThat(Base64.getDecoder().decode(first.read(Secret.MASTER_KEY))).hasSize(32);
    }

    @Test
    void areClosedToOtherUsers() throws IOException {
        var secrets = Secrets.open(home, random);
        var engineKey = Secrets.keepEngineKey(home, "sk-1");

        assertThat(mode(home.root())).isEqualTo("rwx------");
        assertThat(mode(home.secretsFolder())).isEqualTo("rwx------");
        assertThat(mode(secrets.file(Secret.MASTER_KEY))).isEqualTo("rw-------");
        assertThat(mode(engineKey)).isEqualTo("rw-------");
    }

    @Test
    void aLostMasterKeyIsNotReplacedWhileDataNeedsIt() throws IOException {
        Files.delete(Secrets.open(home, random).file(Secret.MASTER_KEY));
        Files.createDirectories(home.databaseFolder());

        assertThatThrownBy(() -> Secrets.open(home, random))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("master.key is missing")
                .hasMessageContaining("backup");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
