package ai.exaone.serving.launcher.process;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of running engines in the folder {@code engines} of the run folder, readable by their owner only for they hold the
 * engines' keys, and one file with the bare process id for each in the run folder itself. Thread-safe.
 */
final class EngineFiles {
    private static final Logger LOG = LoggerFactory.getLogger(EngineFiles.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECORD = ".json";

    private final Path runDir;
    private final Path folder;

    EngineFiles(Path runDir) {
        this.runDir = runDir;
        this.folder = runDir.resolve("engines");
    }

    /** Makes the folders. */
    void prepare() throws IOException {
        Files.createDirectories(runDir);
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** Where launchers are written out. */
    Path scripts() {
        return folder;
    }

    /** Stores a file of the folder whole or not at all. */
    void write(String file, byte[] content) throws IOException {
        replace(folder.resolve(file), content);
    }

    void record(EngineRecord engine) throws IOException {
        write(engine.replica() + RECORD, JSON.writeValueAsBytes(engine));
    }

    void recordPid(EngineRecord engine) throws IOException {
        record(engine);
        replace(pidFile(engine), (engine.pid() + "\n").getBytes());
    }

    /** Forgets an engine that is gone. */
    void remove(EngineRecord engine) {
        try {
            Files.deleteIfExists(pidFile(engine));
            Files.deleteIfExists(folder.resolve(engine.replica() + RECORD));
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot remove what is recorded of " + engine.name(), failure);
        }
    }

    /** All records. One that cannot be read belongs to no engine that was started: it is removed. */
    List<EngineRecord> all() throws IOException {
        List<EngineRecord> records = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + RECORD)) {
            for (Path file : files) {
                try {
                    records.add(JSON.readValue(file.toFile(), EngineRecord.class));
                } catch (JacksonException malformed) {
                    LOG.warn("Removing a record of an engine that cannot be read: {}", file);
                    Files.delete(file);
                }
            }
        }
        return records;
    }

    private Path pidFile(EngineRecord engine) {
        return runDir.resolve(engine.name() + ".pid");
    }

    private void replace(Path file, byte[] content) throws IOException {
        // Made for its owner only.
        Path written = Files.createTempFile(folder, "", ".new");
        Files.write(written, content);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
