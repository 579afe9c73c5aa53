package ai.exaone.gateway.fakes;

import ai.exaone.proto.identity.internal.v1.ExchangeKeyRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeKeyResponse;
import ai.exaone.proto.identity.internal.v1.IssueKeyTokenRequest;
import ai.exaone.proto.identity.internal.v1.IssueKeyTokenResponse;
import ai.exaone.proto.identity.internal.v1.KeyPrincipal;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysRequest;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysResponse;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.token.Ed25519Keys;
import ai.exaone.rpc.token.TokenSigner;
import ai.exaone.rpc.watch.WatchServer;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Identity as far as the gateway sees it: keys, their log, and tokens that verify. */
public final class InMemoryIdentity extends TokenServiceGrpc.TokenServiceImplBase {
    private static final String SIGNING_KEY = "test-1";

    private final Map<String, KeyPrincipal> keys = new ConcurrentHashMap<>();
    private final InMemoryLog log = new InMemoryLog("keys");
    private final WatchServer watches = new WatchServer(List.of(log));
    private final AtomicInteger exchanges = new AtomicInteger();
    private volatile boolean away;
    private final KeyPair signing;
    private final TokenSigner signer;

    public InMemoryIdentity() {
        try {
            signing = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        signer = new TokenSigner(SIGNING_KEY, signing.getPrivate(), Clock.systemUTC());
    }

    WatchServer watches() {
        return watches;
    }

    /** Adds a key; its text is {@code exk_} and the id's end. */
    public String addKey(String keyId, List<String> models, Optional<Instant> expiresAt) {
        KeyPrincipal.Builder principal =
                inference(keyId, TestIds.TENANT, TestIds.PROJECT).addAllModels(models);
        expiresAt.ifPresent(time -> principal.setExpireTime(
                Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano())));
        return add(principal.build());
    }

    /** Adds a key of some project. */
    public String addKeyOf(String keyId, String tenantId, String projectId) {
        return add(inference(keyId, tenantId, projectId).build());
    }

    private static KeyPrincipal.Builder inference(String keyId, String tenantId, String projectId) {
        return KeyPrincipal.newBuilder()
                .setKeyId(keyId)
                .setTenantId(tenantId)
                .setProjectId(projectId)
                .addScopes("inference");
    }

    private String add(KeyPrincipal principal) {
        String presented = "exk_" + principal.getKeyId();
        keys.put(presented, principal);
        log.put(principal.getKeyId(), principal);
        watches.changed("keys");
        return presented;
    }

    /** Revokes a key; returns when every gateway has acknowledged. */
    public void revoke(String presented) {
        KeyPrincipal key = keys.remove(presented);
        log.delete(key.getKeyId());
        Acknowledgements.await(watches, "keys", log.revision());
    }

    /** Changes a key; returns when every gateway has acknowledged. */
    public void change(String presented, UnaryOperator<KeyPrincipal.Builder> change) {
        KeyPrincipal changed = change.apply(keys.get(presented).toBuilder()).build();
        keys.put(presented, changed);
        log.put(changed.getKeyId(), changed);
        Acknowledgements.await(watches, "keys", log.revision());
    }

    /** From now on it answers nobody's questions; whoever follows its log has a while before that matters. */
    public void goAway() {
        away = true;
    }

    /** How often a key was asked for. */
    public int exchanges() {
        return exchanges.get();
    }

    /** A token of a run. */
    public String runToken(int depth, List<String> models) {
        return sign(new Principal(
                TestIds.RUN,
                "clerk",
                Principal.Kind.RUN,
                Optional.of(TestIds.TENANT),
                Optional.of(TestIds.PROJECT),
                Optional.of(TestIds.KEY),
                Optional.of(TestIds.AGENT),
                Optional.empty(),
                Optional.of(TestIds.RUN),
                Set.of("inference.call"),
                models,
                depth));
    }

    private String sign(Principal principal) {
        return signer.sign(principal, Duration.ofMinutes(5));
    }

    @Override
    public void exchangeKey(ExchangeKeyRequest request, StreamObserver<ExchangeKeyResponse> responses) {
        exchanges.incrementAndGet();
        KeyPrincipal key = keys.get(request.getPresentedKey());
        if (away) {
            responses.onError(Status.UNAVAILABLE.asRuntimeException());
            return;
        }
        if (key == null) {
            responses.onError(Status.UNAUTHENTICATED.asRuntimeException());
            return;
        }
        responses.onNext(ExchangeKeyResponse.newBuilder()
                .setToken(sign(principal(key)))
                .setPrincipal(key)
                .build());
        responses.onCompleted();
    }

    @Override
    public void issueKeyToken(IssueKeyTokenRequest request, StreamObserver<IssueKeyTokenResponse> responses) {
        KeyPrincipal key = keys.get("exk_" + request.getKeyId());
        if (key == null) {
            responses.onError(Status.UNAUTHENTICATED.asRuntimeException());
            return;
        }
        responses.onNext(IssueKeyTokenResponse.newBuilder()
                .setToken(sign(principal(key)))
                .setPrincipal(key)
                .build());
        responses.onCompleted();
    }

    private static Principal principal(KeyPrincipal key) {
        return Principal.key(
                key.getKeyId(),
                "key",
                key.getTenantId(),
                key.getProjectId(),
                key.getScopesList().contains("inference") ? Set.of("inference.call") : Set.of(),
                key.getModelsList());
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
