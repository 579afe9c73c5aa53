package ai.exaone.standalone.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {
    @TempDir
    Path folder;

    @Test
    void emptiesAFullLogWhileItsWriterGoesOnAndKeepsTheLastPieces() throws IOException {
        var log = folder.resolve("platform.log");
        var rotation = new LogRotation(folder, 5, 2);
        try (var writer = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (var text : new String[] {"first ", "second", "third "}) {
                writer.write(text.getBytes(StandardCharsets.UTF_8));
                rotation.rotate();
            }
            writer.write("new".getBytes(StandardCharsets.UTF_8));
            rotation.rotate();
        }

        assertThat(log).hasContent("new");
        assertThat(folder.resolve("platform.log.1")).hasContent("third ");
        assertThat(folder.resolve("platform.log.2")).hasContent("second");
        assertThat(folder.resolve("platform.log.3")).doesNotExist();
    }
}
