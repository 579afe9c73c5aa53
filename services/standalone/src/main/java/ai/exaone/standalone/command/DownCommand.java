package ai.exaone.standalone.command;

import ai.exaone.standalone.process.PartRecord;
import ai.exaone.standalone.process.ProcessIdentity.Signal;
import ai.exaone.standalone.supervisor.Leftovers;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code exaone down}. */
@Command(
        name = "down",
        description = {
            "End the platform and every process of it. Data is kept.",
            "",
            "Answers in progress are finished first, for some seconds. Exit code 0 when nothing runs any more."
        },
        mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
    /** Longer than all parts' own limits together. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        var surroundings = Surroundings.ofThisProcess();
        var run = surroundings.run();
        var out = spec.commandLine().getOut();
        var supervisor = run.read("supervisor").filter(PartRecord::isAlive).flatMap(PartRecord::process);
        var leftovers = new Leftovers(run, out::println);
        if (supervisor.isEmpty() && !leftovers.exist()) {
            out.println("Nothing runs.");
            return CommandLine.ExitCode.OK;
        }
        if (supervisor.isPresent()) {
            out.println("Ending the platform (supervisor " + supervisor.get().pid() + ")");
            out.flush();
            supervisor.get().signal(Signal.END);
            if (!Leftovers.awaitEnd(supervisor.get(), PATIENCE)) {
                out.println("The supervisor does not end: killing it");
                supervisor.get().signal(Signal.KILL);
                Leftovers.awaitEnd(supervisor.get(), PATIENCE);
            }
        }
        leftovers.end();
        out.println("The platform is down.");
        return CommandLine.ExitCode.OK;
    }
}
