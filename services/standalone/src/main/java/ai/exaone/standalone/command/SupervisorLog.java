package ai.exaone.standalone.command;

import ai.exaone.standalone.supervisor.Announcer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** {@code logs/supervisor.log}: a line each with its time. Safe for use by several threads. */
final class SupervisorLog implements Announcer {
    private final Path file;

    SupervisorLog(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void say(String line) {
        var stamped = Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line + "\n";
        try {
            Files.writeString(file, stamped, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A line of the log as it was said. */
    static String withoutTime(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }
}
