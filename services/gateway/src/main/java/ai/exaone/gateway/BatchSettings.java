package ai.exaone.gateway;

import ai.exaone.gateway.batches.BatchesConfig;
import ai.exaone.gateway.files.FilesConfig;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * What is kept of files, and how batches are worked on.
 *
 * @param longestFileBytes of one file
 * @param projectFileBytes of all files of one project
 * @param fileRetention how long files are kept unless a caller says otherwise
 * @param openBatches of one project that have not ended
 * @param longestBatch lines of one batch
 * @param linesAtOnce lines of one batch that are called at the same time
 * @param gatewayLines lines of all batches that one gateway calls at the same time; every other call takes one of these places
 * @param lease how long a gateway that says nothing is believed to work on its batches
 * @param retention how long a batch is known after its end
 */
@ConfigurationProperties("exaone.gateway.batches")
public record BatchSettings(
        @Bindable(defaultValue = "209715200") long longestFileBytes,
        @Bindable(defaultValue = "10737418240") long projectFileBytes,
        @Bindable(defaultValue = "30d") Duration fileRetention,
        @Bindable(defaultValue = "100") int openBatches,
        @Bindable(defaultValue = "50000") int longestBatch,
        @Bindable(defaultValue = "16") int linesAtOnce,
        @Bindable(defaultValue = "64") int gatewayLines,
        @Bindable(defaultValue = "10s") Duration lease,
        @Bindable(defaultValue = "30d") Duration retention) {
    private static final String KEY = "exaone.gateway.batches.";

    public BatchSettings {
        requireSome("longest-file-bytes", longestFileBytes);
        requireSome("project-file-bytes", projectFileBytes);
        requireSome("file-retention", fileRetention.toMillis());
        requireSome("open-batches", openBatches);
        requireSome("longest-batch", longestBatch);
        requireSome("lines-at-once", linesAtOnce);
        requireSome("gateway-lines", gatewayLines);
        requireSome("lease", lease.toMillis());
        requireSome("retention", retention.toMillis());
    }

    FilesConfig files() {
        return new FilesConfig(longestFileBytes, projectFileBytes, fileRetention);
    }

    BatchesConfig batches() {
        return new BatchesConfig(openBatches, longestBatch, linesAtOnce, gatewayLines, lease, retention);
    }

    private static void requireSome(String key, long amount) {
        if (amount < 1) {
            throw new IllegalArgumentException(KEY + key + " must be more than nothing");
        }
    }
}
