package ai.exaone.standalone.process;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * {@code run/}: what runs now. One supervisor writes (it holds the lock), anyone reads; every file appears whole. {@code
 * engine-*.pid} are written by the serving service, whose children the engines are.
 */
public final class RunFolder {
    private static final String PID = ".pid";
    private static final String STATE = ".state";
    private static final String ENGINE = "engine-";

    private final Path folder;

    public RunFolder(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /** Claims the folder for this process until the lock or the process ends; empty if another supervisor has it. */
    public Optional<FileLock> claim() {
        try {
            var channel = FileChannel.open(
                    folder.resolve("supervisor.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
            return Optional.ofNullable(lock);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public void write(PartRecord part) {
        try {
            var text = new StringWriter();
            part.toProperties().store(text, null);
            replace(folder.resolve(part.name() + STATE), text.toString());
            var pidFile = folder.resolve(part.name() + PID);
            if (part.process().isPresent()) {
                replace(pidFile, Long.toString(part.process().get().pid()));
            } else {
                Files.deleteIfExists(pidFile);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Optional<PartRecord> read(String part) {
        var file = folder.resolve(part + STATE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException removedMeanwhile) {
            return Optional.empty();
        }
        return Optional.of(PartRecord.of(part, properties));
    }

    /** All parts written down, by name. */
    public List<PartRecord> parts() {
        return names(STATE).stream().flatMap(name -> read(name).stream()).toList();
    }

    /** Forgets a part. */
    public void remove(String part) {
        try {
            Files.deleteIfExists(folder.resolve(part + PID));
            Files.deleteIfExists(folder.resolve(part + STATE));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * The engines that run for this installation, by name. An id that now belongs to a process of something else is not among
     * them: an engine runs a script of this very folder.
     */
    public List<EngineProcess> engines() {
        return names(PID).stream()
                .filter(name -> name.startsWith(ENGINE))
                .flatMap(name -> engine(name).stream())
                .toList();
    }

    /** An engine's process, under the name of its id file. */
    public record EngineProcess(String name, ProcessIdentity process) {}

    private Optional<EngineProcess> engine(String name) {
        try {
            var pid =
                    Long.parseLong(Files.readString(folder.resolve(name + PID)).strip());
            return ProcessIdentity.of(pid)
                    .filter(process -> process.hasArgumentStarting(folder.resolve("engines") + "/"))
                    .map(process -> new EngineProcess(name, process));
        } catch (IOException | NumberFormatException removedOrHalfWritten) {
            return Optional.empty();
        }
    }

    private List<String> names(String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.writeString(unfinished, text);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
