package ai.exaone.bench.machine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code /proc/PID/stat} or {@code /proc/PID/task/TID/stat} tells of a process or a thread (proc_pid_stat(5)).
 *
 * @param name of its program or itself; no more than 15 characters
 * @param cpuSeconds of it alone
 * @param cpuSecondsOfChildren of its children that have ended
 */
record StatLine(String name, long parent, double cpuSeconds, double cpuSecondsOfChildren) {
    /** Of {@code USER_HZ}, which Linux shows to programs as 100 on every architecture of ours. */
    static final double TICKS_PER_SECOND = 100;

    /** The name stands in parentheses and may hold anything, spaces and parentheses too. */
    static StatLine parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new StatLine(
                stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
                Long.parseLong(fields[1]),
                (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND,
                (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND);
    }

    /** Of the folder of a process or a thread; empty where it ended meanwhile. */
    static Optional<StatLine> of(Path folder) {
        return ProcessTable.text(folder.resolve("stat")).map(StatLine::parse);
    }
}
