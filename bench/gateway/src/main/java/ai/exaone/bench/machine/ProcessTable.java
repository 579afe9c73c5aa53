package ai.exaone.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** All processes at one moment, as {@code /proc} tells of them. */
public final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final long KIBIBYTE = 1024;

    private final Map<Long, StatLine> rows;

    private ProcessTable(Map<Long, StatLine> rows) {
        this.rows = rows;
    }

    public static ProcessTable read() {
        Map<Long, StatLine> rows = new HashMap<>();
        try (var folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path folder : folders) {
                StatLine.of(folder)
                        .ifPresent(stat ->
                                rows.put(Long.parseLong(folder.getFileName().toString()), stat));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new ProcessTable(rows);
    }

    /** The processes and all that descend from them. */
    public List<Long> trees(Collection<Long> roots) {
        Map<Long, List<Long>> children = new LinkedHashMap<>();
        rows.forEach((pid, row) -> children.computeIfAbsent(row.parent(), parent -> new ArrayList<>())
                .add(pid));
        List<Long> found = new ArrayList<>();
        Deque<Long> next = new ArrayDeque<>(roots);
        while (!next.isEmpty()) {
            long pid = next.remove();
            if (rows.containsKey(pid) && !found.contains(pid)) {
                found.add(pid);
                next.addAll(children.getOrDefault(pid, List.of()));
            }
        }
        return found;
    }

    /** Processor time that the trees have used. */
    public double cpuSeconds(Collection<Long> roots) {
        return trees(roots).stream()
                .map(rows::get)
                .mapToDouble(process -> process.cpuSeconds() + process.cpuSecondsOfChildren())
                .sum();
    }

    /** Memory that the processes have in use now, in bytes; 0 for one that has ended. Pages that they share count for each. */
    public static long residentBytes(Collection<Long> pids) {
        return pids.stream()
                .flatMap(pid -> text(PROC.resolve(pid + "/status")).stream())
                .mapToLong(ProcessTable::residentBytes)
                .sum();
    }

    static long residentBytes(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBIBYTE)
                .sum();
    }

    /** Processor seconds that the whole machine has worked since it was started. */
    public static double machineSeconds() {
        String first =
                text(PROC.resolve("stat")).orElseThrow().lines().findFirst().orElseThrow();
        return machineSeconds(first);
    }

    /** Of the line {@code cpu user nice system idle iowait irq softirq steal …}: all but idle and waiting. */
    static double machineSeconds(String line) {
        String[] fields = line.trim().split("\\s+");
        long ticks = 0;
        for (int field = 1; field <= 8; field++) {
            if (field != 4 && field != 5) {
                ticks += Long.parseLong(fields[field]);
            }
        }
        return ticks / StatLine.TICKS_PER_SECOND;
    }

    /** The id in a file, if the file is there and the process lives. */
    public static OptionalLong pid(Path file) {
        return text(file).map(String::strip).filter(text -> text.matches("\\d+")).stream()
                .mapToLong(Long::parseLong)
                .filter(pid -> Files.exists(PROC.resolve(Long.toString(pid))))
                .findFirst();
    }

    /** Empty where a process ended meanwhile. */
    static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
