package ai.exaone.serving.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * One process of this machine, for good: numbers of processes are used again, and a moment of birth with them is not. Read from
 * {@code /proc}, as proc(5) describes it.
 *
 * @param birth the machine's boot and the kernel's ticks from it to the process's start
 */
record ProcessIdentity(long pid, String birth) {
    private static final Path PROC = Path.of("/proc");
    private static final Path BOOT_ID = PROC.resolve("sys/kernel/random/boot_id");
    /** Of the fields after the process's name, which is in parentheses. */
    private static final int STATE_FIELD = 0;

    private static final int THREADS_FIELD = 17;
    private static final int START_TIME_FIELD = 19;

    /** The process that has this number now; empty where there is none, or only the remains of one. */
    static Optional<ProcessIdentity> of(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            return isRemains(fields)
                    ? Optional.empty()
                    : Optional.of(new ProcessIdentity(
                            pid, Files.readString(BOOT_ID).strip() + "/" + fields[START_TIME_FIELD]));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Ended, and its parent has not taken note. While other threads of it end, memory and its port may still be taken. */
    private static boolean isRemains(String[] fields) {
        boolean ended = fields[STATE_FIELD].equals("Z") || fields[STATE_FIELD].equals("X");
        return ended && Integer.parseInt(fields[THREADS_FIELD]) <= 1;
    }

    /** The process that has a text among its arguments. */
    static Optional<ProcessIdentity> withArgument(String argument) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(argument::equals))
                .flatMap(process -> of(process.pid()).stream())
                .findAny();
    }

    boolean alive() {
        return of(pid).filter(this::equals).isPresent();
    }
}
