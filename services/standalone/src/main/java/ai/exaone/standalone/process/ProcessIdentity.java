package ai.exaone.standalone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * One process, never mistaken for a later one that got the same id.
 *
 * @param startTicks when the kernel started it, in clock ticks since {@code bootId}'s boot
 */
public record ProcessIdentity(long pid, long startTicks, String bootId) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    /** Fields of {@code /proc/PID/stat} after the name's closing parenthesis, counted from 0. */
    private static final int STATE = 0;

    private static final int THREADS = 17;
    private static final int START_TICKS = 19;

    /** The process that has this id now; empty if there is none, or only its remains. */
    public static Optional<ProcessIdentity> of(long pid) {
        return stat(pid)
                .filter(fields -> !isRemains(fields))
                .map(fields -> new ProcessIdentity(pid, Long.parseLong(fields[START_TICKS]), currentBootId()));
    }

    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** Asks it to end (SIGTERM), or ends it (SIGKILL). Nothing happens if it is gone. */
    public void signal(Signal signal) {
        if (!isAlive()) {
            return;
        }
        ProcessHandle.of(pid).ifPresent(handle -> {
            switch (signal) {
                case END -> handle.destroy();
                case KILL -> handle.destroyForcibly();
            }
        });
    }

    /** Memory it has in RAM, in bytes; 0 if it is gone. */
    public long residentBytes() {
        try {
            for (var line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
            return 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Whether it was started with an argument that begins so. */
    public boolean hasArgumentStarting(String beginning) {
        try {
            var arguments = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .split("\0");
            return Arrays.stream(arguments).anyMatch(argument -> argument.startsWith(beginning));
        } catch (IOException gone) {
            return false;
        }
    }

    /** What can be asked of a process. */
    public enum Signal {
        END,
        KILL
    }

    /** Ended, and its parent has not taken note. While other threads of it end, memory and ports may still be taken. */
    private static boolean isRemains(String[] fields) {
        var ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
        return ended && Integer.parseInt(fields[THREADS]) <= 1;
    }

    private static Optional<String[]> stat(long pid) {
        try {
            var line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The name is in parentheses and may itself hold spaces and parentheses.
            return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static String currentBootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException unknown) {
            return "unknown";
        }
    }
}
