package ai.exaone.agents.agent;

/**
 * Makes a repeated creation recognisable.
 *
 * @param requestId as the caller chose it, 1 to 64 characters
 * @param fingerprint SHA-256 of the request's content, hex
 */
public record CreationRequest(String requestId, String fingerprint) {}
