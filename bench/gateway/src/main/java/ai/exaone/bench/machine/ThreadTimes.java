package ai.exaone.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Processor time that the threads of a process have used, those of its runtime too, as {@code /proc} tells of them: to 10 ms.
 *
 * @param seconds by the thread's number
 * @param names by the thread's number; no more than 15 characters
 */
public record ThreadTimes(Map<Long, Double> seconds, Map<Long, String> names) {
    public ThreadTimes {
        seconds = Map.copyOf(seconds);
        names = Map.copyOf(names);
    }

    /** Of the threads that a process has now. */
    public static ThreadTimes of(long pid) {
        Map<Long, Double> seconds = new HashMap<>();
        Map<Long, String> names = new HashMap<>();
        try (var folders = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path folder : folders) {
                long thread = Long.parseLong(folder.getFileName().toString());
                StatLine.of(folder).ifPresent(stat -> {
                    seconds.put(thread, stat.cpuSeconds());
                    names.put(thread, stat.name());
                });
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new ThreadTimes(seconds, names);
    }

    /** What threads of each name have used since an earlier moment; of those that have ended meanwhile nothing is known. */
    public Map<String, Double> since(ThreadTimes earlier) {
        Map<String, Double> used = new HashMap<>();
        seconds.forEach((thread, now) ->
                used.merge(names.get(thread), now - earlier.seconds.getOrDefault(thread, 0.0), Double::sum));
        return used;
    }
}
