package ai.exaone.serving.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.exaone.serving.TinyExaone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GgufFileTest {
    @Test
    void theHeaderSaysWhatTheFileHolds(@TempDir Path folder) throws IOException {
        TinyExaone.write(folder);
        assertThat(GgufFile.read(folder.resolve(TinyExaone.K_EXAONE + ".gguf")))
                .isEqualTo(new GgufFile(Optional.of(TinyExaone.K_EXAONE), Optional.of("CC0-1.0"), 4096));
    }

    @Test
    void aFileThatIsCutOffIsRefused(@TempDir Path folder) throws IOException {
        TinyExaone.write(folder);
        byte[] whole = Files.readAllBytes(folder.resolve(TinyExaone.EXAONE4 + ".gguf"));
        for (int length : new int[] {0, 3, 4, 8, 20, 24, 40, 1000, 3000}) {
            Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> GgufFile.read(cut));
        }
        Path half = Files.write(folder.resolve("half"), Arrays.copyOf(whole, whole.length / 2));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> GgufFile.read(half))
                .withMessageContaining("download that broke off");
    }

    @Property(tries = 200)
    void nothingButAnIoExceptionComesOfOtherFiles(@ForAll byte[] content) throws IOException {
        Path file = Files.createTempFile("not-a-model", ".gguf");
        try {
            Files.write(file, content);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> GgufFile.read(file));
        } finally {
            Files.delete(file);
        }
    }
}
