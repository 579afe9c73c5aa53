package ai.exaone.serving.launcher.process;

import ai.exaone.serving.deployment.EngineKey;
import ai.exaone.serving.launcher.Engine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine that is a process of this machine: a child of this one, or a child of a former life. */
final class ProcessEngine implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessEngine.class);
    private static final int LAST_WORDS_BYTES = 2_000;
    private static final int LAST_WORDS_CHARACTERS = 300;

    private final EngineRecord engine;
    private final ProcessIdentity identity;
    private final Path log;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /**
     * @param forget called once when the process is gone
     */
    ProcessEngine(EngineRecord engine, ProcessIdentity identity, Path log, Runnable forget) {
        this.engine = engine;
        this.identity = identity;
        this.log = log;
        gone.thenRun(forget).exceptionally(failure -> {
            LOG.warn("What is recorded of {} stays behind", engine.name(), failure);
            return null;
        });
        ProcessHandle.of(identity.pid())
                .ifPresentOrElse(
                        process -> process.onExit().thenRun(() -> gone.complete(null)), () -> gone.complete(null));
    }

    @Override
    public URI url() {
        return URI.create("http://127.0.0.1:" + engine.port());
    }

    @Override
    public Optional<EngineKey> key() {
        return Optional.of(new EngineKey(engine.key()));
    }

    @Override
    public String engineModel() {
        return "";
    }

    @Override
    public long pid() {
        return identity.pid();
    }

    @Override
    public boolean alive() {
        boolean alive = !gone.isDone() && identity.alive();
        if (!alive) {
            // A process that is no child of this one is noticed here first.
            gone.complete(null);
        }
        return alive;
    }

    @Override
    public CompletionStage<?> gone() {
        return gone;
    }

    @Override
    public String lastWords() {
        String line = lastLine();
        return line.isEmpty()
                ? "The engine's process ended."
                : "The engine's process ended. Its log's last line: " + line;
    }

    @Override
    public void end() {
        if (alive()) {
            ProcessHandle.of(identity.pid()).ifPresent(ProcessHandle::destroy);
        }
    }

    @Override
    public void kill() {
        if (alive()) {
            ProcessHandle.of(identity.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private String lastLine() {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            int length = (int) Math.min(file.length(), LAST_WORDS_BYTES);
            file.seek(file.length() - length);
            byte[] tail = new byte[length];
            file.readFully(tail);
            String text = new String(tail, StandardCharsets.UTF_8).strip();
            String line = text.substring(text.lastIndexOf('\n') + 1).strip();
            return line.substring(0, Math.min(line.length(), LAST_WORDS_CHARACTERS));
        } catch (IOException unreadable) {
            LOG.debug("No last words of {}", engine.name(), unreadable);
            return "";
        }
    }
}
