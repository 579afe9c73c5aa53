package ai.exaone.serving.launcher.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Held by the one launcher that has a run folder's engines. The kernel lets it go when its process dies. Thread-safe. */
final class RunFolderLock implements AutoCloseable {
    /** A process's locks do not exclude one another, and closing one file of a path lets go all that the process has there. */
    private static final Set<Path> HELD_IN_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private @Nullable FileChannel channel;

    RunFolderLock(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /** Takes the lock unless another has it. */
    synchronized boolean tryAcquire() throws IOException {
        if (channel != null) {
            return true;
        }
        if (!HELD_IN_THIS_PROCESS.add(file)) {
            return false;
        }
        boolean acquired = false;
        FileChannel opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            acquired = opened.tryLock() != null;
        } finally {
            if (acquired) {
                channel = opened;
            } else {
                opened.close();
                HELD_IN_THIS_PROCESS.remove(file);
            }
        }
        return acquired;
    }

    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
            HELD_IN_THIS_PROCESS.remove(file);
        }
    }
}
