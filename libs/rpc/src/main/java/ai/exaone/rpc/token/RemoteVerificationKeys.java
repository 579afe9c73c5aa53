package ai.exaone.rpc.token;

import ai.exaone.proto.identity.internal.v1.ListVerificationKeysRequest;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.proto.identity.internal.v1.VerificationKey;
import ai.exaone.rpc.RpcErrors;
import io.grpc.Channel;
import io.grpc.Context;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The verification keys that identity publishes, fetched when a token names one that is not known here yet. Unknown ids make at
 * most one fetch a second, so that forged tokens cannot become load. Thread-safe.
 */
public final class RemoteVerificationKeys implements VerificationKeys {
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final TokenServiceGrpc.TokenServiceBlockingStub identity;
    private final LongSupplier nanoTime;
    private long lastFetch;
    private volatile Map<String, PublicKey> known = Map.of();

    /**
     * @param identity a channel to identity
     * @param nanoTime a monotonic clock, for example {@code System::nanoTime}
     */
    public RemoteVerificationKeys(Channel identity, LongSupplier nanoTime) {
        this.identity = TokenServiceGrpc.newBlockingStub(identity);
        this.nanoTime = nanoTime;
        this.lastFetch = nanoTime.getAsLong() - PAUSE_NANOS;
    }

    @Override
    public Optional<PublicKey> find(String keyId) {
        PublicKey key = known.get(keyId);
        if (key == null) {
            fetch(keyId);
            key = known.get(keyId);
        }
        return Optional.ofNullable(key);
    }

    private synchronized void fetch(String keyId) {
        if (known.containsKey(keyId) || nanoTime.getAsLong() - lastFetch < PAUSE_NANOS) {
            return;
        }
        Map<String, PublicKey> fetched = new HashMap<>();
        for (VerificationKey key : RpcErrors.call(this::list)) {
            fetched.put(key.getKeyId(), Ed25519Keys.decode(key.getPublicKey().toByteArray()));
        }
        known = Map.copyOf(fetched);
        lastFetch = nanoTime.getAsLong();
    }

    private List<VerificationKey> list() {
        // In a context of its own: the call being served must not lend its caller or its deadline to this one.
        Context served = Context.ROOT.attach();
        try {
            // A service that starts beside identity may hear of its first token before it has found identity.
            return identity.withWaitForReady()
                    .withDeadlineAfter(TIMEOUT)
                    .listVerificationKeys(ListVerificationKeysRequest.getDefaultInstance())
                    .getKeysList();
        } finally {
            Context.ROOT.detach(served);
        }
    }
}
