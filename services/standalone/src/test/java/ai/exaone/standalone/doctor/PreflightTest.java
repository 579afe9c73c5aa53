package ai.exaone.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.servers.InstallationException;
import ai.exaone.standalone.doctor.Finding.Grade;
import ai.exaone.standalone.home.Home;
import ai.exaone.standalone.settings.Settings;
import ai.exaone.standalone.settings.SettingsReader;
import ai.exaone.standalone.settings.SettingsSources;
import ai.exaone.testing.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    @TempDir
    Path folder;

    @Test
    void refusesAPortThatIsInUseAndSaysWhatToDo() throws IOException {
        int port = FreePorts.take();
        try (var other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Preflight.require(new Home(folder), onPort(other.getLocalPort())))
                    .isInstanceOf(InstallationException.class)
                    .hasMessageContaining("Port " + port + " of 127.0.0.1 is in use")
                    .hasMessageContaining("--port");
        }

        // What this machine has of memory and disk is not the question.
        assertThat(Preflight.check(new Home(folder), onPort(port)))
                .extracting(Finding::detail)
                .noneMatch(detail -> detail.contains("in use"));
    }

    @Test
    void refusesTooLittleDiskAndSaysWhatToDo() throws IOException {
        var home = new Home(folder);
        assertThat(Preflight.disk(home, 1L << 30))
                .isEqualTo(Finding.bad(
                        "disk",
                        "Too little disk space: 1.0 GiB free at " + folder
                                + ", 3.0 GiB are needed. Free some, or name another place in EXAONE_HOME."));
        assertThat(Preflight.disk(home, 3L << 30).grade()).isEqualTo(Grade.GOOD);
    }

    @Test
    void refusesTooLittleMemory() {
        assertThat(Preflight.memory(1L << 30).detail())
                .startsWith("Too little memory: 1.0 GiB of memory available, 1.5 GiB are needed.");
        assertThat(Preflight.memory(2L << 30).grade()).isEqualTo(Grade.GOOD);
    }

    @Test
    void refusesAFileThatIsNoModelBeforeAnythingStarts() throws IOException {
        var notes = Files.writeString(folder.resolve("notes.txt"), "no model");
        var settings = SettingsReader.read(
                folder, SettingsSources.of(Map.of("serving.gguf", notes.toString()), Map.of(), folder.resolve("none")));
        assertThatThrownBy(() -> Preflight.require(new Home(folder), settings))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("The model in --gguf cannot be served: Not a GGUF file: " + notes);
    }

    private Settings onPort(int port) {
        var flags = Map.of("port", Integer.toString(port));
        return SettingsReader.read(folder, SettingsSources.of(flags, Map.of(), folder.resolve("config.yml")));
    }
}
