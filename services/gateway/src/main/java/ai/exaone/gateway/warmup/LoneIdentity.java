package ai.exaone.gateway.warmup;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.AuthError;
import ai.exaone.gateway.auth.Credentials;
import ai.exaone.gateway.auth.KeyCache;
import ai.exaone.gateway.auth.Principals;
import ai.exaone.gateway.auth.RpcKeyExchange;
import ai.exaone.ids.IdGenerator;
import ai.exaone.proto.identity.internal.v1.ExchangeKeyRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeKeyResponse;
import ai.exaone.proto.identity.internal.v1.KeyPrincipal;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysRequest;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysResponse;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.token.Ed25519Keys;
import ai.exaone.rpc.token.RemoteVerificationKeys;
import ai.exaone.rpc.token.TokenSigner;
import ai.exaone.rpc.token.TokenVerifier;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Stands where identity does while the gateway warms up: it accepts the keys that it makes, all of one caller, and signs with a key of its own
 * that no other verifier knows. All of them are random and go with it.
 */
final class LoneIdentity extends TokenServiceGrpc.TokenServiceImplBase {
    /** People are not let in. */
    static final Credentials NOBODY = (request, tenantId) -> {
        throw new PlatformException(AuthError.KEY_NOT_ACCEPTED, "Nobody signs in here.");
    };

    private static final String ALGORITHM = "Ed25519";
    private static final String SIGNING_KEY = "warm-up";
    private static final int SECRET_BYTES = 32;

    private final Clock clock;
    private final KeyPrincipal caller;
    private final KeyPair signing;
    private final TokenSigner signer;
    /** What all its keys begin with. */
    private final String secret;

    LoneIdentity(IdGenerator ids, Clock clock) {
        this.clock = clock;
        this.caller = KeyPrincipal.newBuilder()
                .setKeyId(ids.next("key"))
                .setTenantId(ids.next("tnt"))
                .setProjectId(ids.next("prj"))
                .addScopes("inference")
                .build();
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        this.secret = "exk_" + caller.getKeyId() + "_" + HexFormat.of().formatHex(random) + "_";
        try {
            this.signing = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        this.signer = new TokenSigner(SIGNING_KEY, signing.getPrivate(), clock);
    }

    /** One of its keys; another one for each number. */
    String key(int number) {
        return secret + number;
    }

    String tenantId() {
        return caller.getTenantId();
    }

    /**
     * Who calls, by what it says.
     *
     * @param channel to it
     */
    Principals principals(Channel channel) {
        TokenVerifier tokens = new TokenVerifier(new RemoteVerificationKeys(channel, System::nanoTime), clock);
        KeyCache keys = new KeyCache(new RpcKeyExchange(channel, tokens), System::nanoTime);
        return new Principals(keys, tokens, () -> Duration.ZERO, clock);
    }

    @Override
    public void exchangeKey(ExchangeKeyRequest request, StreamObserver<ExchangeKeyResponse> responses) {
        if (!request.getPresentedKey().startsWith(secret)) {
            responses.onError(Status.UNAUTHENTICATED.asRuntimeException());
            return;
        }
        Principal principal = Principal.key(
                caller.getKeyId(),
                "warm-up",
                caller.getTenantId(),
                caller.getProjectId(),
                Set.of(Principals.CALL),
                List.of());
        responses.onNext(ExchangeKeyResponse.newBuilder()
                .setToken(signer.sign(principal, TokenSigner.LONGEST))
                .setPrincipal(caller)
                .build());
        responses.onCompleted();
    }

    @Override
    public void listVerificationKeys(
            ListVerificationKeysRequest request, StreamObserver<ListVerificationKeysResponse> responses) {
        responses.onNext(ListVerificationKeysResponse.newBuilder()
                .addKeys(Ed25519Keys.wire(SIGNING_KEY, signing.getPublic()))
                .build());
        responses.onCompleted();
    }
}
