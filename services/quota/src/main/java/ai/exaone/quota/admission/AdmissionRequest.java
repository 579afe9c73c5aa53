package ai.exaone.quota.admission;

import ai.exaone.quota.price.TokenCount;

/**
 * A request that asks to go on.
 *
 * @param requestId {@code req_…}, the platform's own
 * @param keyId empty for a caller without a key
 * @param agentId empty where no agent calls
 * @param model the model that bills; {@code agent/NAME} for a call of an agent
 * @param most the most tokens of input and output it can use
 * @param gatewayId who forwards it and settles it
 */
public record AdmissionRequest(
        String requestId,
        String tenantId,
        String projectId,
        String keyId,
        String agentId,
        String model,
        TokenCount most,
        String gatewayId) {
    private static final String AGENT_PREFIX = "agent/";

    /** A request that no agent makes. */
    public AdmissionRequest(
            String requestId,
            String tenantId,
            String projectId,
            String keyId,
            String model,
            TokenCount most,
            String gatewayId) {
        this(requestId, tenantId, projectId, keyId, "", model, most, gatewayId);
    }

    /** A call of an agent waits for the calls that the agent makes: if it took a slot, it could wait for itself. */
    int slots() {
        return slots(model);
    }

    /** As {@link #slots()}, of a call of a model. */
    static int slots(String model) {
        return model.startsWith(AGENT_PREFIX) ? 0 : 1;
    }
}
