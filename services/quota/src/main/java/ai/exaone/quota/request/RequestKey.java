package ai.exaone.quota.request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What makes a creation happen once: the same key again means the same request again.
 *
 * @param tenantId the tenant the request names; empty for the installation's own
 * @param rpc the RPC's name
 * @param requestId the caller's own id of the request; empty when it gave none: then every request is a new one
 * @param content SHA-256 of what the request says, in hexadecimal digits
 */
public record RequestKey(String tenantId, String rpc, String requestId, String content) {

    /**
     * @param content what the request says, without its id: the same bytes for the same request
     */
    public static RequestKey of(String tenantId, String rpc, String requestId, byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return new RequestKey(tenantId, rpc, requestId, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A request without an id. */
    public static RequestKey none(String tenantId, String rpc) {
        return of(tenantId, rpc, "", "".getBytes(StandardCharsets.UTF_8));
    }
}
