package ai.exaone.bench.machine;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Which processors a process may use. */
public final class Cores {
    private Cores() {}

    public static int count() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * Keeps the process trees, all their threads, to some processors.
     *
     * @param cores as {@code taskset} takes them: {@code 1} or {@code 0-3}
     */
    public static void pin(Collection<Long> roots, String cores) throws IOException, InterruptedException {
        for (long pid : ProcessTable.read().trees(roots)) {
            Process taskset = new ProcessBuilder(
                            List.of("taskset", "--all-tasks", "--cpu-list", "--pid", cores, Long.toString(pid)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (taskset.waitFor() != 0 && ProcessHandle.of(pid).isPresent()) {
                throw new IOException("Process " + pid + " cannot be kept to processors " + cores);
            }
        }
    }
}
