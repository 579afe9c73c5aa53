package ai.exaone.gateway.admission;

import ai.exaone.rpc.Principal;

/**
 * What a call may come to.
 *
 * @param requestId our own id of the call
 * @param model the model that bills
 * @param inputTokens the most tokens of input it can be
 * @param outputTokens the most tokens of output it can make
 */
public record HoldRequest(
        String requestId, Principal principal, String projectId, String model, long inputTokens, long outputTokens) {
    /** The tenant that pays. */
    public String tenantId() {
        return principal.tenantId().orElseThrow();
    }
}
