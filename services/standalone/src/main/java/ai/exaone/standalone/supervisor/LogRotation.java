package ai.exaone.standalone.supervisor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Keeps logs small. A log is copied and then emptied, because the process that appends to it keeps it open, whether or not its
 * supervisor still lives. Lines written between the two steps are lost.
 */
final class LogRotation {
    private final Path folder;
    private final long limitBytes;
    private final int kept;

    /** @param kept how many older pieces of each log stay: {@code NAME.log.1} is the youngest */
    LogRotation(Path folder, long limitBytes, int kept) {
        this.folder = folder;
        this.limitBytes = limitBytes;
        this.kept = kept;
    }

    /** Rotates every log that has grown over the limit. */
    void rotate() throws IOException {
        for (var log : logs()) {
            if (Files.size(log) > limitBytes) {
                rotate(log);
            }
        }
    }

    private void rotate(Path log) throws IOException {
        for (int age = kept - 1; age >= 1; age--) {
            var piece = piece(log, age);
            if (Files.exists(piece)) {
                Files.move(piece, piece(log, age + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.copy(log, piece(log, 1), StandardCopyOption.REPLACE_EXISTING);
        try (var channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    private static Path piece(Path log, int age) {
        return log.resolveSibling(log.getFileName() + "." + age);
    }

    private List<Path> logs() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".log"))
                    .toList();
        }
    }
}
