package ai.exaone.gateway.batches;

import ai.exaone.gateway.auth.ProjectScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A batch.
 *
 * @param id {@code batch_…}
 * @param keyId the key that created it, whose rights its lines have
 * @param endpoint the path that its lines call
 * @param metadata a JSON object, as the caller wrote it, or {@code null} in JSON
 * @param errors a JSON array: what is wrong with its input
 * @param outputRetention how long its results are kept
 */
record Batch(
        String id,
        ProjectScope scope,
        String keyId,
        String endpoint,
        String inputFileId,
        String metadata,
        BatchStatus status,
        Optional<Ending> ending,
        Optional<String> errors,
        Counts counts,
        Optional<String> outputFileId,
        Optional<String> errorFileId,
        Duration outputRetention,
        Times times) {
    /** How many lines it has, and how many of them are done. */
    record Counts(int total, int completed, int failed) {
        static final Counts NONE = new Counts(0, 0, 0);
    }

    /**
     * When it became what.
     *
     * @param ended when nothing more happened to it
     */
    record Times(
            Instant created,
            Instant expires,
            Optional<Instant> inProgress,
            Optional<Instant> finalizing,
            Optional<Instant> cancelling,
            Optional<Instant> ended) {}
}
