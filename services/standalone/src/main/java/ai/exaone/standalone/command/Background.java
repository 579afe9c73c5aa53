package ai.exaone.standalone.command;

import ai.exaone.standalone.process.PartRecord;
import ai.exaone.standalone.process.PartState;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A supervisor in a process of its own that outlives this one; its progress is shown here until all is up. */
final class Background {
    private static final int POLL_MILLISECONDS = 100;

    private final Surroundings surroundings;
    private final List<String> arguments;

    /** @param arguments of {@code up}, for the supervisor's own process */
    Background(Surroundings surroundings, List<String> arguments) {
        this.surroundings = surroundings;
        this.arguments = List.copyOf(arguments);
    }

    /** Starts the supervisor. True when all is up; false when it gave up, which it has said by then. */
    boolean start() throws IOException, InterruptedException {
        var log = surroundings.home().logFile("supervisor");
        var seen = Files.exists(log) ? Files.size(log) : 0;
        var process = launch();
        while (true) {
            boolean ended = process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
            boolean ready = isReady(process);
            seen = show(log, seen);
            if (ready) {
                return true;
            }
            if (ended) {
                return false;
            }
        }
    }

    private Process launch() throws IOException {
        var command = new ArrayList<>(
                List.of("setsid", ProcessHandle.current().info().command().orElseThrow()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), "ai.exaone.standalone.SupervisorApplication"));
        command.addAll(arguments);
        var errors = ProcessBuilder.Redirect.appendTo(
                surroundings.home().logFile("supervisor").toFile());
        var builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors);
        // It is in a file by now, which the arguments name.
        builder.environment().remove("EXAONE_ENGINE_KEY");
        return builder.start();
    }

    private boolean isReady(Process process) {
        return surroundings
                .run()
                .read("supervisor")
                .filter(record -> record.state() == PartState.READY)
                .flatMap(PartRecord::process)
                .filter(identity -> identity.pid() == process.pid())
                .isPresent();
    }

    /** Prints what the log has gained since, whole lines only, and returns how far that is. */
    private static long show(Path log, long seen) throws IOException {
        if (!Files.exists(log)) {
            return seen;
        }
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(seen);
            var gained = new byte[(int) (file.length() - seen)];
            file.readFully(gained);
            var text = new String(gained, StandardCharsets.UTF_8);
            var whole = text.substring(0, text.lastIndexOf('\n') + 1);
            whole.lines().map(SupervisorLog::withoutTime).forEach(System.out::println);
            return seen + whole.getBytes(StandardCharsets.UTF_8).length;
        }
    }
}
