package ai.exaone.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Unpacked software, one folder per version, shared by every installation and test of this user. A folder appears whole or
 * not at all, however often its preparation was cut off. Safe across processes and threads.
 */
public final class SoftwareCache {
    private final Path root;

    public SoftwareCache(Path root) {
        this.root = root.toAbsolutePath();
    }

    /** {@code EXAONE_CACHE}, else {@code exaone} in the user's cache folder. */
    public static SoftwareCache ofUser(Map<String, String> environment) {
        var explicit = environment.get("EXAONE_CACHE");
        if (explicit != null && !explicit.isBlank()) {
            return new SoftwareCache(Path.of(explicit));
        }
        var userCaches = environment.get("XDG_CACHE_HOME");
        var caches = userCaches == null || userCaches.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(userCaches);
        return new SoftwareCache(caches.resolve("exaone"));
    }

    public Path root() {
        return root;
    }

    public boolean contains(String name) {
        return Files.isDirectory(root.resolve(name));
    }

    /** The folder of that name, prepared first if it is not there yet. A second caller waits for the first one's work. */
    public Path prepare(String name, Preparation preparation) {
        var folder = root.resolve(name);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        // A file lock belongs to the whole JVM, so threads are kept apart by the monitor.
        synchronized (SoftwareCache.class) {
            try {
                Files.createDirectories(root);
                try (var channel = FileChannel.open(
                                root.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var lock = channel.lock()) {
                    if (lock.isValid() && !Files.isDirectory(folder)) {
                        prepareBeside(folder, preparation);
                    }
                }
            } catch (IOException failure) {
                throw new UncheckedIOException("Cannot prepare " + folder, failure);
            }
        }
        return folder;
    }

    private void prepareBeside(Path folder, Preparation preparation) throws IOException {
        var unfinished = root.resolve(folder.getFileName() + ".unfinished");
        Folders.delete(unfinished);
        Files.createDirectories(unfinished);
        preparation.into(unfinished);
        Files.move(unfinished, folder);
    }

    /** Fills an empty folder. Its path is not the final one, so nothing may record it. */
    @FunctionalInterface
    public interface Preparation {
        void into(Path folder) throws IOException;
    }
}
