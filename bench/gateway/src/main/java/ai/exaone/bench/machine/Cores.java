package ai.exaone.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The processors that this process may use, as they were when it was asked: once it is kept to some of them, Java tells of no
 * more.
 *
 * @param list as {@code taskset} takes them, such as {@code 0-3,7}
 */
public record Cores(String list) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String NAME = "Cpus_allowed_list:";

    public static Cores ofThisProcess() throws IOException {
        return new Cores(Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(NAME))
                .map(line -> line.substring(NAME.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IOException(STATUS + " does not tell " + NAME)));
    }

    /** Their numbers, in order. */
    public List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (String range : list.split(",")) {
            String[] ends = range.split("-");
            for (int core = Integer.parseInt(ends[0]); core <= Integer.parseInt(ends[ends.length - 1]); core++) {
                numbers.add(core);
            }
        }
        return numbers;
    }

    /** Lets process trees, with all their threads, use all of these. */
    public void giveTo(Collection<Long> roots) throws IOException, InterruptedException {
        pin(roots, list);
    }

    /** Keeps process trees, with all their threads, to one of these. */
    public void giveOne(Collection<Long> roots, int core) throws IOException, InterruptedException {
        pin(roots, Integer.toString(core));
    }

    private static void pin(Collection<Long> roots, String cores) throws IOException, InterruptedException {
        for (long pid : ProcessTable.read().trees(roots)) {
            Process taskset = new ProcessBuilder(
                            "taskset", "--all-tasks", "--cpu-list", "--pid", cores, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (taskset.waitFor() != 0 && ProcessHandle.of(pid).isPresent()) {
                throw new IOException("Process " + pid + " cannot be kept to processors " + cores);
            }
        }
    }
}
