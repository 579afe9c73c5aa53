package ai.exaone.serving.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServingSettingsTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final URI URL = URI.create("http://127.0.0.1:8000");

    @TempDir
    private Path folder;

    @Test
    void byDefaultTheBuiltInModelsAreServedWhereEnginesCanBeLaunched() {
        var defaults = new ServingSettings(PYTHON, null, null, null, true);
        assertThat(defaults.chatEngine()).isEqualTo(new ChatEngine.BuiltIn());
        assertThat(defaults.embeddings()).isTrue();
        var without = new ServingSettings(null, null, null, null, true);
        assertThat(without.chatEngine()).isEqualTo(new ChatEngine.None());
        assertThat(without.embeddings()).isFalse();
        assertThat(new ServingSettings(PYTHON, null, null, null, false).chatEngine())
                .isEqualTo(new ChatEngine.None());
    }

    @Test
    void ownWeightsAndAnEngineElsewhereTakeTheirPlace() throws IOException {
        Path weights = Files.createFile(folder.resolve("own.gguf"));
        assertThat(new ServingSettings(PYTHON, weights, null, null, true).chatEngine())
                .isEqualTo(new ChatEngine.OwnWeights(weights));
        Path key = Files.writeString(folder.resolve("key"), "secret\n");
        var elsewhere = new ServingSettings(PYTHON, null, URL, key, true).chatEngine();
        assertThat(elsewhere).isEqualTo(new ChatEngine.Elsewhere(URL.toString(), Optional.of("secret")));
        assertThat(elsewhere.toString()).doesNotContain("secret");
    }

    @Test
    void settingsThatContradictOneAnotherAreRefused() throws IOException {
        Path weights = Files.createFile(folder.resolve("own.gguf"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ServingSettings(PYTHON, weights, URL, null, true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServingSettings(PYTHON, folder.resolve("missing.gguf"), null, null, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new ServingSettings(PYTHON, null, null, weights, true));
        var unreadable = new ServingSettings(PYTHON, null, URL, folder.resolve("missing"), true);
        assertThatIllegalArgumentException().isThrownBy(unreadable::chatEngine);
    }
}
