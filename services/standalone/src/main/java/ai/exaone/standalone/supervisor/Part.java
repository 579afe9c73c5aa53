package ai.exaone.standalone.supervisor;

import ai.exaone.servers.ServerCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A process that is to run always.
 *
 * @param name of its id file, its log and its row in the status
 * @param command makes what is needed for a start and says how to start; called before every start
 * @param ready asked again and again after a start until it says yes
 * @param startLimit how long it may take to be ready before it is ended and started anew
 * @param stopLimit how long it may take to end before it is killed
 * @param priority against the other processes of the machine
 */
public record Part(
        String name,
        Supplier<ServerCommand> command,
        BooleanSupplier ready,
        Duration startLimit,
        Duration stopLimit,
        Priority priority) {
    /** Who goes first when processors are short. */
    public enum Priority {
        NORMAL,
        LOW
    }

    /** The command in a session of its own, so that Ctrl-C in a terminal reaches the supervisor alone. Its id stays the same. */
    ServerCommand launchCommand() {
        var inner = command.get();
        var arguments = new ArrayList<String>();
        arguments.add("setsid");
        switch (priority) {
            case NORMAL -> {}
            case LOW -> arguments.addAll(List.of("nice", "-n", "10"));
        }
        arguments.addAll(inner.arguments());
        return new ServerCommand(arguments, inner.environment());
    }
}
