package ai.exaone.standalone.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.servers.InstallationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    @TempDir
    Path folder;

    @Test
    void hasDefaultsForAll() {
        assertThat(read(Map.of(), Map.of()))
                .isEqualTo(new Settings(
                        folder,
                        "127.0.0.1",
                        8080,
                        "http://127.0.0.1:8080",
                        Optional.empty(),
                        ProcessLayout.ONE_PROCESS,
                        new ChatEngine.Embedded(),
                        Set.of(),
                        128,
                        "",
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void flagsWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
        Files.writeString(config(), """
                exaone:
                  port: 1001
                  bind: 0.0.0.0
                  public-url: https://file.example
                  database:
                    memory-mebibytes: 64
                """);

        var settings = read(
                Map.of("port", "1003"), Map.of("EXAONE_PORT", "1002", "EXAONE_PUBLIC_URL", "https://env.example/"));

        assertThat(settings.port()).isEqualTo(1003);
        assertThat(settings.publicUrl()).isEqualTo("https://env.example");
        assertThat(settings.bind()).isEqualTo("0.0.0.0");
        assertThat(settings.databaseMebibytes()).isEqualTo(64);
        assertThat(settings.localUrl()).isEqualTo("http://127.0.0.1:1003");
    }

    @Test
    void readsEveryKey() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        var python = Path.of("/bin/sh");
        Files.writeString(config(), """
                exaone:
                  tls: {cert: %1$s, key: %1$s}
                  processes: true
                  without: keycloak, agents
                  serving: {gguf: %1$s, python: %2$s}
                  platform: {java-options: -Xlog:gc}
                  console: {folder: %3$s}
                """.formatted(file, python, folder));

        var settings = read(Map.of(), Map.of());

        assertThat(settings.tls()).contains(new TlsFiles(file, file));
        assertThat(settings.publicUrl()).isEqualTo("https://127.0.0.1:8080");
        assertThat(settings.layout()).isEqualTo(ProcessLayout.PROCESS_PER_SERVICE);
        assertThat(settings.without()).containsOnly(OptionalPart.KEYCLOAK, OptionalPart.AGENTS);
        assertThat(settings.chatEngine()).isEqualTo(new ChatEngine.ModelFile(file));
        assertThat(settings.enginePython()).contains(python);
        assertThat(settings.javaOptions()).isEqualTo("-Xlog:gc");
        assertThat(settings.consoleFolder()).contains(folder);
    }

    @Test
    void anExternalEngineMayHaveAKey() throws IOException {
        var key = Files.writeString(folder.resolve("key"), "sk");

        var settings = read(
                Map.of("serving.engine-url", "http://10.0.0.1:8000/v1", "serving.engine-key-file", key.toString()),
                Map.of());

        assertThat(settings.chatEngine())
                .isEqualTo(new ChatEngine.External(URI.create("http://10.0.0.1:8000/v1"), Optional.of(key)));
    }

    @Test
    void namesEveryMistakeAtOnce() {
        assertThatThrownBy(() -> read(
                        Map.of(
                                "port", "70000",
                                "bind", "203.0.113.7",
                                "public-url", "exaone.example",
                                "serving.gguf", "/absent.gguf",
                                "processes", "maybe",
                                "without", "agents,quota"),
                        Map.of()))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining(
                        "--port (EXAONE_PORT, or exaone.port in config.yml) must be a number from 1 to 65535")
                .hasMessageContaining("this machine has no address 203.0.113.7")
                .hasMessageContaining("must be an http or https URL without credentials or query, not exaone.example")
                .hasMessageContaining("/absent.gguf cannot be read")
                .hasMessageContaining("must be true or false, not maybe")
                .hasMessageContaining("chats can do without keycloak, agents, not without quota");
    }

    @Test
    void repeatsNoPasswordOfAUrl() {
        assertThatThrownBy(() -> read(Map.of("serving.engine-url", "http://me:secret@10.0.0.1:8000"), Map.of()))
                .hasMessageContaining("without credentials")
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesHalfOfTheTlsFilesAndTwoChatEngines() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "").toString();

        assertThatThrownBy(() -> read(
                        Map.of("tls.cert", file, "serving.gguf", file, "serving.engine-url", "http://10.0.0.1"),
                        Map.of()))
                .hasMessageContaining("--tls-cert and --tls-key go together")
                .hasMessageContaining("--gguf and --engine-url exclude each other");
    }

    @Test
    void saysWhereTheFileIsNotYaml() throws IOException {
        Files.writeString(config(), "exaone:\n  port: [\n");

        assertThatThrownBy(() -> read(Map.of(), Map.of()))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("config.yml, line 3, column 1: not valid YAML");
    }

    private Path config() {
        return folder.resolve("config.yml");
    }

    private Settings read(Map<String, String> flags, Map<String, String> environment) {
        return SettingsReader.read(folder, SettingsSources.of(flags, environment, config()));
    }
}
