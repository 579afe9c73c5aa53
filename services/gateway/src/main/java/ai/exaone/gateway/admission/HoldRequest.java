package ai.exaone.gateway.admission;

import ai.exaone.rpc.Principal;
import java.time.Instant;

/**
 * What a call may come to.
 *
 * @param requestId our own id of the call
 * @param arrivedAt when it arrived: tells it from an earlier call of the same id, which was stopped and is made again
 * @param model the model that bills
 * @param inputTokens the most tokens of input it can be
 * @param outputTokens the most tokens of output it can make
 */
public record HoldRequest(
        String requestId,
        Instant arrivedAt,
        Principal principal,
        String projectId,
        String model,
        long inputTokens,
        long outputTokens) {
    /** The tenant that pays. */
    public String tenantId() {
        return principal.tenantId().orElseThrow();
    }
}
