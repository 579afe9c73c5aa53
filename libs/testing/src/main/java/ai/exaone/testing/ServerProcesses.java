package ai.exaone.testing;

import ai.exaone.servers.Folders;
import ai.exaone.servers.ServerCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Server processes that tests share, with a folder for their data. The end of the JVM ends them and removes the folder. */
final class ServerProcesses {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final int END_SECONDS = 10;

    private final Path folder;
    private final List<Process> processes = new CopyOnWriteArrayList<>();

    ServerProcesses(String name) {
        try {
            folder = Files.createTempDirectory("exaone-test-" + name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    Path folder() {
        return folder;
    }

    /** Starts the server and returns when it is ready; fails with its log if it ends before. */
    void launch(String name, ServerCommand command, BooleanSupplier ready) {
        var log = folder.resolve(name + ".log");
        try {
            var process = command.toProcess(log).start();
            processes.add(process);
            Awaitility.await(name)
                    .atMost(START_TIMEOUT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> ready.getAsBoolean() || !process.isAlive());
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " did not start:\n" + Files.readString(log));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void end() {
        // Nothing of a test's data is wanted afterwards, so nobody waits for an orderly stop.
        processes.forEach(Process::destroyForcibly);
        try {
            for (var process : processes) {
                process.waitFor(END_SECONDS, TimeUnit.SECONDS);
            }
            Folders.delete(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
