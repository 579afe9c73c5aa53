package ai.exaone.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.servers.InstallationException;
import ai.exaone.standalone.home.Home;
import ai.exaone.standalone.settings.Settings;
import ai.exaone.standalone.settings.SettingsReader;
import ai.exaone.standalone.settings.SettingsSources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    @TempDir
    Path folder;

    @Test
    void refusesAPortThatIsInUseAndSaysWhatToDo() throws IOException {
        int port;
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();
            assertThatThrownBy(() -> Preflight.require(new Home(folder), onPort(other.getLocalPort())))
                    .isInstanceOf(InstallationException.class)
                    .hasMessageContaining("Port " + port + " of 127.0.0.1 is in use")
                    .hasMessageContaining("--port");
        }

        assertThatNoException().isThrownBy(() -> Preflight.require(new Home(folder), onPort(port)));
    }

    private Settings onPort(int port) {
        var flags = Map.of("port", Integer.toString(port));
        return SettingsReader.read(folder, SettingsSources.of(flags, Map.of(), folder.resolve("config.yml")));
    }
}
