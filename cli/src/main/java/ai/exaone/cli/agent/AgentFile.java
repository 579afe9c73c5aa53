package ai.exaone.cli.agent;

import ai.exaone.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * An agent's specification on disk. Only its name is read here: everything else is the platform's to check.
 *
 * @param text as written
 * @param name the agent's name
 */
record AgentFile(String text, String name) {

    static AgentFile read(Path path) {
        String text;
        try {
            text = Files.readString(path);
        } catch (NoSuchFileException missing) {
            throw new CliException("There is no " + path + ". Make one: exaone agent init NAME", missing);
        } catch (IOException unreadable) {
            throw new CliException(path + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        return new AgentFile(text, name(path, text));
    }

    private static String name(Path path, String text) {
        try {
            Object document = new Load(LoadSettings.builder().build()).loadFromString(text);
            if (document instanceof Map<?, ?> fields && fields.get("name") instanceof String name && !name.isBlank()) {
                return name;
            }
        } catch (MarkedYamlEngineException malformed) {
            String where = malformed
                    .getProblemMark()
                    .map(mark -> ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw new CliException(path + where + ": not valid YAML: " + malformed.getProblem(), malformed);
        } catch (YamlEngineException malformed) {
            throw new CliException(path + " is not valid YAML: " + malformed.getMessage(), malformed);
        }
        throw new CliException(path + " has no name: add the line `name: my-agent`.");
    }
}
