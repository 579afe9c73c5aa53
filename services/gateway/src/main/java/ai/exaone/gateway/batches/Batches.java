package ai.exaone.gateway.batches;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.auth.ProjectScope;
import ai.exaone.gateway.files.FileError;
import ai.exaone.gateway.files.FilePage;
import ai.exaone.gateway.files.FilePurpose;
import ai.exaone.gateway.files.FileStore;
import ai.exaone.gateway.openai.OpenAiReason;
import ai.exaone.rpc.Principal;
import ai.exaone.store.StoredTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Batches as callers see them: created, looked at, cancelled. Reads and writes the store, so it blocks. Thread-safe. */
public final class Batches {
    private static final Duration WINDOW = Duration.ofHours(24);
    private static final int MOST_LISTED = 100;
    private static final int LISTED = 20;

    private final BatchStore store;
    private final FileStore files;
    private final Supplier<String> ids;
    private final Clock clock;
    private final BatchesConfig config;
    private final Duration outputRetention;

    /**
     * @param ids makes ids of batches
     * @param outputRetention how long results are kept unless a caller says otherwise
     */
    public Batches(
            MySqlBatchStore store,
            FileStore files,
            Supplier<String> ids,
            Clock clock,
            BatchesConfig config,
            Duration outputRetention) {
        this.store = store;
        this.files = files;
        this.ids = ids;
        this.clock = clock;
        this.config = config;
        this.outputRetention = outputRetention;
    }

    /**
     * Creates a batch, which is validated and worked on later, and answers with it.
     *
     * @throws PlatformException KEY_NEEDED, TOO_MANY_BATCHES, FILE_NOT_FOUND, or with an {@link OpenAiReason}
     */
    public byte[] create(Caller caller, byte[] body) {
        if (caller.principal().kind() != Principal.Kind.KEY) {
            throw new PlatformException(BatchError.KEY_NEEDED, "Batches are created with an API key.");
        }
        BatchRequest request = BatchRequest.read(body);
        ProjectScope scope = new ProjectScope(caller.tenantId(), caller.projectId());
        Instant now = now();
        FilePurpose purpose = files.find(scope, request.inputFileId(), now)
                .orElseThrow(() -> FileError.notFound(request.inputFileId()))
                .purpose();
        if (purpose != FilePurpose.BATCH) {
            throw PlatformException.because(
                            OpenAiReason.PARAMETER_VALUE, "The input of a batch must be a file of the purpose 'batch'.")
                    .violation("input_file_id", "Its purpose is " + purpose.text() + ".")
                    .build();
        }
        Batch batch = new Batch(
                ids.get(),
                scope,
                caller.keyId(),
                request.endpoint(),
                request.inputFileId(),
                request.metadata(),
                BatchStatus.VALIDATING,
                Optional.empty(),
                Optional.empty(),
                Batch.Counts.NONE,
                Optional.empty(),
                Optional.empty(),
                request.outputRetention().orElse(outputRetention),
                new Batch.Times(
                        now, now.plus(WINDOW), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        store.insert(batch, config.mostOpen());
        return new BatchObject(batch).json();
    }

    /**
     * How a batch stands.
     *
     * @throws PlatformException BATCH_NOT_FOUND
     */
    public byte[] get(ProjectScope scope, String id) {
        return new BatchObject(require(scope, id)).json();
    }

    /** Batches of the project, newest first, in OpenAI's words. */
    public byte[] list(ProjectScope scope, Map<String, String> query) {
        FilePage page = FilePage.of(query, MOST_LISTED, LISTED);
        List<Batch> found = store.list(scope, page.after(), page.limit() + 1);
        boolean more = found.size() > page.limit();
        return BatchObject.list(more ? found.subList(0, page.limit()) : found, more);
    }

    /**
     * Has no more lines of a batch begun.
     *
     * @throws PlatformException BATCH_NOT_FOUND, BATCH_OVER
     */
    public byte[] cancel(ProjectScope scope, String id) {
        boolean noted = store.cancel(scope, id, now());
        Batch batch = require(scope, id);
        if (!noted && batch.status() != BatchStatus.CANCELLING) {
            throw PlatformException.because(
                            BatchError.BATCH_OVER,
                            "Cannot cancel a batch with status '"
                                    + batch.status().text() + "'.")
                    .violation("batch_id", "It is too late.")
                    .build();
        }
        return new BatchObject(batch).json();
    }

    private Batch require(ProjectScope scope, String id) {
        return store.find(scope, id).orElseThrow(() -> BatchError.notFound(id));
    }

    private Instant now() {
        return StoredTime.of(clock.instant());
    }
}
