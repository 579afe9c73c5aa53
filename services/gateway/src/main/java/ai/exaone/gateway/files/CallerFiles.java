package ai.exaone.gateway.files;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.ProjectScope;
import ai.exaone.gateway.openai.Json;
import ai.exaone.store.StoredTime;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Files as callers see them: uploaded, listed, read, deleted. Reads and writes the store, so it blocks. Thread-safe. */
public final class CallerFiles {
    private static final int MOST_UPLOADS = 16;
    private static final int MOST_LISTED = 10_000;
    private static final int LISTED = 1_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final FileStore store;
    private final FileShelf shelf;
    private final Clock clock;
    private final FilesConfig config;
    private final Semaphore uploads = new Semaphore(MOST_UPLOADS);

    public CallerFiles(FileStore store, FileShelf shelf, Clock clock, FilesConfig config) {
        this.store = store;
        this.shelf = shelf;
        this.clock = clock;
        this.config = config;
    }

    /**
     * A file that is to be taken in, of which nothing is read yet.
     *
     * @param contentType of the request
     */
    public FileUpload upload(ProjectScope scope, String contentType, InputStream body) {
        return new FileUpload(this, shelf, scope, config, contentType, body);
    }

    /**
     * Does the work of taking one file in, where there is room for it.
     *
     * @throws PlatformException UPLOADS_BUSY, FILES_FULL
     */
    void makeRoom(ProjectScope scope, Runnable work) {
        if (!uploads.tryAcquire()) {
            throw PlatformException.because(FileError.UPLOADS_BUSY, "Too many files are uploaded now; try again.")
                    .retryAfter(RETRY_AFTER)
                    .build();
        }
        try {
            if (store.bytesOf(scope, now()) >= config.mostBytes()) {
                throw new PlatformException(
                        FileError.FILES_FULL,
                        "The project keeps as many bytes of files as it may (" + config.mostBytes()
                                + "): delete some of them.");
            }
            work.run();
        } finally {
            uploads.release();
        }
    }

    /**
     * What is known of a file.
     *
     * @throws PlatformException FILE_NOT_FOUND
     */
    public byte[] get(ProjectScope scope, String id) {
        return require(scope, id).json();
    }

    /** Files of the project, in OpenAI's words. */
    public byte[] list(ProjectScope scope, Map<String, String> query) {
        FilePage page = FilePage.of(query, MOST_LISTED, LISTED);
        Optional<String> asked = Optional.ofNullable(query.get("purpose"));
        Optional<FilePurpose> purpose = asked.flatMap(FilePurpose::of);
        List<StoredFile> found =
                asked.isPresent() && purpose.isEmpty() ? List.of() : store.list(scope, purpose, page, now());
        boolean more = found.size() > page.limit();
        List<StoredFile> shown = more ? found.subList(0, page.limit()) : found;
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (StoredFile file : shown) {
                file.write(json);
            }
            json.writeEndArray();
            json.writeStringField(
                    "first_id", shown.isEmpty() ? null : shown.getFirst().id());
            json.writeStringField(
                    "last_id", shown.isEmpty() ? null : shown.getLast().id());
            json.writeBooleanField("has_more", more);
            json.writeEndObject();
        });
    }

    /** What is in a file, to be read once from its beginning. */
    public record Content(long length, FileShelf.Reader reader) {}

    /**
     * What is in a file.
     *
     * @throws PlatformException FILE_NOT_FOUND
     */
    public Content content(ProjectScope scope, String id) {
        StoredFile file = require(scope, id);
        return new Content(file.bytes(), shelf.read(file.id()));
    }

    /**
     * Deletes a file; says so in OpenAI's words.
     *
     * @throws PlatformException FILE_NOT_FOUND, FILE_IN_USE
     */
    public byte[] delete(ProjectScope scope, String id) {
        if (!store.delete(scope, id, now())) {
            throw FileError.notFound(id);
        }
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("object", "file");
            json.writeBooleanField("deleted", true);
            json.writeEndObject();
        });
    }

    private StoredFile require(ProjectScope scope, String id) {
        return store.find(scope, id, now()).orElseThrow(() -> FileError.notFound(id));
    }

    private Instant now() {
        return StoredTime.of(clock.instant());
    }

    static PlatformException inUse(String id) {
        return PlatformException.because(
                        FileError.FILE_IN_USE, "The file " + id + " is the input of a batch that has not ended.")
                .violation("id", "Cancel the batch, or wait for its end.")
                .build();
    }
}
