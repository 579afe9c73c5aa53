package ai.exaone.serving;

import ai.exaone.serving.settings.ServingSettings;
import ai.exaone.testing.ConfigurationRecord;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every setting of serving, what holds without it, and what is said of a wrong one. */
class ConfigurationTest {
    @Test
    void theInstallation() {
        var config = ConfigurationRecord.of(InstallationConfig.class);
        Map<String, String> required = Map.of(
                "exaone.secrets-dir", "/secrets",
                "exaone.run-dir", "/run",
                "exaone.logs-dir", "/logs");
        config.assertReads(required, new InstallationConfig(Path.of("/secrets"), Path.of("/run"), Path.of("/logs")));
        required.keySet().forEach(key -> config.assertRequires(required, key));
    }

    @Test
    void whatIsServed(@TempDir Path folder) throws IOException {
        var config = ConfigurationRecord.of(ServingSettings.class);
        config.assertDefaults(Map.of(), new ServingSettings(null, null, null, null, true));
        Path python = Path.of("/usr/bin/python3");
        Map<String, String> elsewhere = Map.of(
                "exaone.serving.python", python.toString(),
                "exaone.serving.engine-url", "http://gpu-1:8000",
                "exaone.serving.engine-key-file", "/etc/exaone/engine.key",
                "exaone.serving.embedded", "false");
        config.assertReads(
                elsewhere,
                new ServingSettings(
                        python, null, URI.create("http://gpu-1:8000"), Path.of("/etc/exaone/engine.key"), false),
                "exaone.serving.gguf");
        Path weights = Files.createFile(folder.resolve("own.gguf"));
        config.assertReads(
                Map.of("exaone.serving.gguf", weights.toString()),
                new ServingSettings(null, weights, null, null, true),
                "exaone.serving.python",
                "exaone.serving.engine-url",
                "exaone.serving.engine-key-file",
                "exaone.serving.embedded");
        config.assertRefuses(elsewhere, "exaone.serving.gguf", weights);
        config.assertRefuses(Map.of(), "exaone.serving.gguf", folder.resolve("missing.gguf"));
        config.assertRefuses(Map.of(), "exaone.serving.engine-url", "http://two words");
        config.assertRefuses(Map.of(), "exaone.serving.engine-key-file", "/etc/exaone/engine.key");
        config.assertRefuses(Map.of(), "exaone.serving.embedded", "perhaps");
    }
}
