package ai.exaone.standalone.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine has. */
public final class Machine {
    private static final Path MEMORY = Path.of("/proc/meminfo");

    private Machine() {}

    public static long memoryBytes() {
        return memory("MemTotal");
    }

    /** Memory that could be given to new processes without swapping. */
    public static long availableMemoryBytes() {
        return memory("MemAvailable");
    }

    /** Free space for this user on the disk that holds the folder, or its nearest parent that exists. */
    public static long freeDiskBytes(Path folder) {
        var existing = folder.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return Files.getFileStore(existing).getUsableSpace();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long memory(String field) {
        try {
            for (var line : Files.readAllLines(MEMORY)) {
                if (line.startsWith(field + ":")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        throw new IllegalStateException(MEMORY + " does not tell " + field);
    }
}
