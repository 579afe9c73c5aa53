package ai.exaone.servers;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to launch a server process.
 *
 * @param arguments program and arguments; no secret is among them, for every user of the machine can read them
 * @param environment variables added to the launcher's own; secrets travel here
 */
public record ServerCommand(List<String> arguments, Map<String, String> environment) {
    public ServerCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** A builder of the process: no input, standard output and errors appended to the file. */
    public ProcessBuilder toProcess(Path log) {
        var builder = new ProcessBuilder(arguments)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder;
    }

    @Override
    public String toString() {
        return "ServerCommand" + arguments;
    }
}
