package ai.exaone.gateway.metering;

import java.time.Instant;

/**
 * What is known of a call when it arrives. Ids that do not apply are empty.
 *
 * @param requestId our own id, {@code req_…}
 * @param subject who calls: {@code key_…}, {@code usr_…} or {@code run_…}
 * @param model the model as the caller named it; empty when the call was refused before it was read
 * @param path the API's path
 * @param arrivedAt when it arrived
 * @param arrivedNanos the same on the monotonic clock
 */
public record CallStart(
        String requestId,
        String tenantId,
        String projectId,
        String keyId,
        String subject,
        String agentId,
        String runId,
        String model,
        String path,
        Instant arrivedAt,
        long arrivedNanos) {

    /** The same call once its model is known. */
    public CallStart withModel(String name) {
        return new CallStart(
                requestId, tenantId, projectId, keyId, subject, agentId, runId, name, path, arrivedAt, arrivedNanos);
    }
}
