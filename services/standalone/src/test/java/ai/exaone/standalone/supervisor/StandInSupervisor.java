package ai.exaone.standalone.supervisor;

import ai.exaone.standalone.process.RunFolder;
import ai.exaone.standalone.supervisor.Supervisor.Milestones;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A supervisor of stand-ins in a process of its own, for tests that kill it. */
public final class StandInSupervisor {
    private StandInSupervisor() {}

    /**
     * Runs until it is told to end.
     *
     * @param arguments the folder that holds {@code run} and {@code logs}
     */
    public static void main(String[] arguments) throws InterruptedException {
        var folder = Path.of(arguments[0]);
        var standIn = new StandIn(folder);
        var run = new RunFolder(folder.resolve("run"));
        if (run.claim().isEmpty()) {
            throw new IllegalStateException("Another supervisor has " + folder);
        }
        var supervisor = new Supervisor(
                new Parts(
                        standIn.steady("database"),
                        List.of(standIn.steady("platform")),
                        Optional.of(standIn.steady("keycloak"))),
                run,
                folder.resolve("logs"),
                new Milestones(() -> true, () -> {}, () -> {}),
                System.out::println,
                InstantSource.system());
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop));
        supervisor.start();
        supervisor.awaitStop();
    }
}
