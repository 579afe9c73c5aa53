package ai.exaone.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentFileTest {
    @TempDir
    private Path folder;

    @Test
    void theTemplateIsASpecificationWithItsName() throws IOException {
        String text = AgentTemplate.of("weather", "EXAONE-4.0-1.2B");
        AgentFile file = AgentFile.read(write(text));
        assertThat(file.name()).isEqualTo("weather");
        assertThat(file.text()).isEqualTo(text).contains("model: EXAONE-4.0-1.2B");
    }

    @Test
    void saysWhereItIsNotYaml() throws IOException {
        Path path = write("name: weather\nlimits:\n  steps: [1\n");
        assertThatThrownBy(() -> AgentFile.read(path))
                .isInstanceOf(CliException.class)
                .hasMessageStartingWith(path + ", line 4, column 1: not valid YAML: ");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Path nameless = write("kind: Agent\n");
        assertThatThrownBy(() -> AgentFile.read(nameless)).hasMessageContaining("has no name");
        assertThatThrownBy(() -> AgentFile.read(folder.resolve("none.yaml")))
                .hasMessageContaining("There is no " + folder.resolve("none.yaml"))
                .hasMessageContaining("exaone agent init");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("agent.yaml"), text);
    }
}
