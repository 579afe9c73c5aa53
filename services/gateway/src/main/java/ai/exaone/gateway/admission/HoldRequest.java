package ai.exaone.gateway.admission;

import ai.exaone.rpc.Principal;

/**
 * What a call may come to.
 *
 * @param requestId our own id of the call
 * @param model the model that bills
 * @param inputTokens the most tokens of input it can be
 * @param outputTokens the most tokens of output it can make
 * @param likelyInputTokens the tokens of input that it likely is
 */
public record HoldRequest(
        String requestId,
        Principal principal,
        String projectId,
        String model,
        long inputTokens,
        long outputTokens,
        long likelyInputTokens) {
    /** The tenant that pays. */
    public String tenantId() {
        return principal.tenantId().orElseThrow();
    }
}
