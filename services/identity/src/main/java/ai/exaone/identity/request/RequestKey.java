package ai.exaone.identity.request;

/**
 * What makes a creation happen once: the same key again means the same request again.
 *
 * @param tenantId the tenant the request names; empty text for none
 * @param rpc the RPC's name
 * @param requestId the caller's own id of the request, 1 to 64 characters
 * @param contentHash SHA-256 of the request without that id. The array is not copied: nobody changes it.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record RequestKey(String tenantId, String rpc, String requestId, byte[] contentHash) {}
