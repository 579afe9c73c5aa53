package ai.exaone.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFileTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadByItsOwnerAlone() throws IOException {
        Path path = folder.resolve("exaone").resolve("profile.properties");
        ProfileFile file = new ProfileFile(path);
        assertThat(file.read()).isEqualTo(Profile.EMPTY);
        Profile profile = Profile.EMPTY
                .withSignIn("https://exaone.acme.example", "r3fresh=\\token")
                .withDefaults(Optional.of("tnt_1"), Optional.empty());
        file.write(profile);
        assertThat(file.read()).isEqualTo(profile);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(profile.toString()).doesNotContain("r3fresh");
    }

    @Test
    void anotherInstallationHasOtherTenants() {
        Profile here = Profile.EMPTY
                .withSignIn("https://one.example", "a")
                .withDefaults(Optional.of("tnt_1"), Optional.of("prj_1"));
        assertThat(here.withSignIn("https://one.example", "b").tenant()).contains("tnt_1");
        assertThat(here.withSignIn("https://two.example", "b").tenant()).isEmpty();
    }
}
