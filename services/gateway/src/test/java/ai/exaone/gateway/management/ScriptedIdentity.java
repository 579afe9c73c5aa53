package ai.exaone.gateway.management;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.identity.internal.v1.CreateSessionRequest;
import ai.exaone.proto.identity.internal.v1.CreateSessionResponse;
import ai.exaone.proto.identity.internal.v1.DeleteSessionRequest;
import ai.exaone.proto.identity.internal.v1.DeleteSessionResponse;
import ai.exaone.proto.identity.internal.v1.ExchangeBearerRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeBearerResponse;
import ai.exaone.proto.identity.internal.v1.ExchangeKeyRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeKeyResponse;
import ai.exaone.proto.identity.internal.v1.ExchangeSessionRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeSessionResponse;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysRequest;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysResponse;
import ai.exaone.proto.identity.internal.v1.SessionServiceGrpc;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcError;
import ai.exaone.rpc.token.Ed25519Keys;
import ai.exaone.rpc.token.TokenSigner;
import com.google.protobuf.Timestamp;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Identity's exchange of credentials, for those that a test has named; its sessions begin with what the test says. */
public final class ScriptedIdentity extends TokenServiceGrpc.TokenServiceImplBase {
    private static final String KEY_ID = "test";

    /** What was asked to begin sessions, and the sessions that were ended. */
    public final List<CreateSessionRequest> begun = new CopyOnWriteArrayList<>();

    public final List<String> ended = new CopyOnWriteArrayList<>();
    public final List<CallContext> exchanges = new CopyOnWriteArrayList<>();
    private final Map<String, Function<String, Principal>> known = new ConcurrentHashMap<>();
    private final KeyPair keys = keyPair();
    private final TokenSigner signer = new TokenSigner(KEY_ID, keys.getPrivate(), Clock.systemUTC());
    private volatile Function<CreateSessionRequest, String> opening = request -> "session";

    public PublicKey publicKey() {
        return keys.getPublic();
    }

    /** A session, access token or key is a principal, who may depend on the tenant asked for. */
    public void session(String credential, Function<String, Principal> principal) {
        known.put(credential, principal);
    }

    public void forget(String credential) {
        known.remove(credential);
    }

    /** What redeeming a code gives. */
    public void open(Function<CreateSessionRequest, String> next) {
        opening = next;
    }

    public BindableService sessions() {
        return new Sessions();
    }

    @Override
    public void exchangeSession(ExchangeSessionRequest request, StreamObserver<ExchangeSessionResponse> responses) {
        String token = token(request.getSessionToken(), request.getTenantId());
        responses.onNext(ExchangeSessionResponse.newBuilder().setToken(token).build());
        responses.onCompleted();
    }

    @Override
    public void exchangeBearer(ExchangeBearerRequest request, StreamObserver<ExchangeBearerResponse> responses) {
        String token = token(request.getAccessToken(), request.getTenantId());
        responses.onNext(ExchangeBearerResponse.newBuilder().setToken(token).build());
        responses.onCompleted();
    }

    @Override
    public void exchangeKey(ExchangeKeyRequest request, StreamObserver<ExchangeKeyResponse> responses) {
        String token = token(request.getPresentedKey(), "");
        responses.onNext(ExchangeKeyResponse.newBuilder().setToken(token).build());
        responses.onCompleted();
    }

    @Override
    public void listVerificationKeys(
            ListVerificationKeysRequest request, StreamObserver<ListVerificationKeysResponse> responses) {
        responses.onNext(ListVerificationKeysResponse.newBuilder()
                .addKeys(Ed25519Keys.wire(KEY_ID, keys.getPublic()))
                .build());
        responses.onCompleted();
    }

    private String token(String credential, String tenantId) {
        exchanges.add(CallContext.current());
        Function<String, Principal> principal = known.get(credential);
        if (principal == null) {
            throw new PlatformException(RpcError.UNAUTHENTICATED, "Sign in again.");
        }
        return signer.sign(principal.apply(tenantId), Duration.ofMinutes(1));
    }

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private final class Sessions extends SessionServiceGrpc.SessionServiceImplBase {
        @Override
        public void createSession(CreateSessionRequest request, StreamObserver<CreateSessionResponse> responses) {
            begun.add(request);
            String session = opening.apply(request);
            responses.onNext(CreateSessionResponse.newBuilder()
                    .setSessionToken(session)
                    .setExpireTime(Timestamp.newBuilder()
                            .setSeconds(Instant.now().plusSeconds(3600).getEpochSecond()))
                    .build());
            responses.onCompleted();
        }

        @Override
        public void deleteSession(DeleteSessionRequest request, StreamObserver<DeleteSessionResponse> responses) {
            ended.add(request.getSessionToken());
            responses.onNext(DeleteSessionResponse.getDefaultInstance());
            responses.onCompleted();
        }
    }
}
