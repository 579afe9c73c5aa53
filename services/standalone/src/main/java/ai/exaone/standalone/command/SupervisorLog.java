package ai.exaone.standalone.command;

import ai.exaone.standalone.supervisor.Announcer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code logs/supervisor.log}: a line each with its time. Safe for use by several threads. */
final class SupervisorLog implements Announcer {
    private static final Pattern TIME = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT\\S+Z ");

    private final Path file;

    SupervisorLog(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void say(String text) {
        var time = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var stamped = text.lines().map(line -> time + " " + line + "\n").collect(Collectors.joining());
        try {
            Files.writeString(file, stamped, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A line of the log as it was said. What the process wrote to its standard error is there too, and has no time. */
    static String withoutTime(String line) {
        return TIME.matcher(line).replaceFirst("");
    }
}
