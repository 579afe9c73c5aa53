package ai.exaone.gateway.idempotency;

import ai.exaone.store.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One request that came with a key.
 *
 * @param digest of what is asked: the same for the same request alone
 * @param requestId our own id of it, {@code req_…}
 */
public record KeyedCall(CallerScope scope, IdempotencyKey key, String digest, String requestId) {
    /** The digest of a request. Takes time with the body's length. */
    public static String digest(String method, String path, byte[] body) {
        byte[] head = (method + " " + path + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return Sha256.hex(all);
    }
}
