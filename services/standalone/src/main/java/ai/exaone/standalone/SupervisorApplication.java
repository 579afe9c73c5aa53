package ai.exaone.standalone;

import ai.exaone.servers.InstallationException;
import ai.exaone.standalone.command.DoctorCommand;
import ai.exaone.standalone.command.DownCommand;
import ai.exaone.standalone.command.PrepareCommand;
import ai.exaone.standalone.command.StatusCommand;
import ai.exaone.standalone.command.UpCommand;
import ai.exaone.standalone.command.VersionCommand;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./exaone} runs for an installation on this machine: bring it up, take it down, look at it. */
@Command(
        name = "exaone",
        description = "EXAONE On-Premise on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            PrepareCommand.class,
            VersionCommand.class
        })
public final class SupervisorApplication {
    private SupervisorApplication() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command and returns its exit code: 0 done, 1 failed, 2 wrong usage. */
    static int run(String... arguments) {
        return new CommandLine(new SupervisorApplication())
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    if (failure instanceof InstallationException || failure instanceof UncheckedIOException) {
                        commandLine.getErr().println("exaone: " + failure.getMessage());
                        return CommandLine.ExitCode.SOFTWARE;
                    }
                    throw failure;
                })
                .execute(arguments);
    }
}
