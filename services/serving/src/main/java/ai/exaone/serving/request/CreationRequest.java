package ai.exaone.serving.request;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * A request that makes something, as its caller names it.
 *
 * @param rpc for example {@code CreateModel}
 * @param requestId the caller's own id
 * @param content SHA-256 of what is to be made
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record CreationRequest(String rpc, String requestId, byte[] content) {
    /** The request's name; empty where the caller gave it no id. */
    public static Optional<CreationRequest> of(String rpc, String requestId, byte[] message) {
        return requestId.isEmpty()
                ? Optional.empty()
                : Optional.of(new CreationRequest(rpc, requestId, sha256(message)));
    }

    /** SHA-256. */
    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java runtime has SHA-256", impossible);
        }
    }
}
