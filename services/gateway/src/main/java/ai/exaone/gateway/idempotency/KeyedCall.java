package ai.exaone.gateway.idempotency;

import ai.exaone.store.crypto.Sha256;

/**
 * One request that came with a key.
 *
 * @param digest of what is asked: the same for the same request alone
 * @param requestId our own id of it, {@code req_…}
 */
public record KeyedCall(CallerScope scope, IdempotencyKey key, String digest, String requestId) {
    /**
     * The digest of a request.
     *
     * @param content what is sent, or a digest of it
     */
    public static String digest(String method, String path, String content) {
        return Sha256.hex(method + " " + path + "\n" + content);
    }
}
