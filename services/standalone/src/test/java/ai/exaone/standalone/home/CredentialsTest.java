package ai.exaone.standalone.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    @TempDir
    Path folder;

    private final SecureRandom random = new SecureRandom();

    @Test
    void aShellReadsThem() throws IOException, InterruptedException {
        var file = folder.resolve("credentials.env");
        new Credentials("http://[::1]:8080", "admin", "Abc234", Optional.of("exk_01_ab-cd_9f")).write(file);

        var shell = new ProcessBuilder(
                        "bash",
                        "-c",
                        ". ./credentials.env && echo $EXAONE_BASE_URL $EXAONE_API_KEY $EXAONE_ADMIN_USER $EXAONE_ADMIN_PASSWORD")
                .directory(folder.toFile())
                .start();

        assertThat(shell.inputReader().readLine()).isEqualTo("http://[::1]:8080 exk_01_ab-cd_9f admin Abc234");
        assertThat(shell.waitFor()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void stayTheSameButForTheAddress() {
        var file = folder.resolve("credentials.env");
        var first =
                Credentials.openOrGenerate(file, "http://a.example:1", random).withApiKey("exk_1");
        first.write(file);

        var second = Credentials.openOrGenerate(file, "http://b.example:2", random);

        assertThat(second)
                .isEqualTo(new Credentials(
                        "http://b.example:2", first.adminUser(), first.adminPassword(), Optional.of("exk_1")));
        assertThat(first.adminPassword()).hasSize(24);
    }

    @Test
    void nothingThatAShellWouldInterpretGetsIn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Credentials("http://a.example", "admin", "a$(b)", Optional.empty()));
    }
}
