package ai.exaone.agents;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.errors.ReceivedReason;
import ai.exaone.proto.identity.internal.v1.AuditRecordServiceGrpc;
import ai.exaone.proto.identity.internal.v1.DeletedProject;
import ai.exaone.proto.identity.internal.v1.GetSecretValuesRequest;
import ai.exaone.proto.identity.internal.v1.GetSecretValuesResponse;
import ai.exaone.proto.identity.internal.v1.IssueRunTokenRequest;
import ai.exaone.proto.identity.internal.v1.IssueRunTokenResponse;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysRequest;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysResponse;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventResponse;
import ai.exaone.proto.identity.internal.v1.SecretValueServiceGrpc;
import ai.exaone.proto.identity.internal.v1.TenancyEntry;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.token.Ed25519Keys;
import ai.exaone.rpc.token.TokenSigner;
import ai.exaone.rpc.watch.WatchServer;
import ai.exaone.rpc.watch.WatchSource;
import com.google.protobuf.util.Timestamps;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Identity as far as agents ask it: signs tokens, knows secrets, takes audit events, refuses the owners it is told
 * to, and has a log of deleted projects.
 */
public final class StubIdentity {
    public static final String TENANT = "tnt_" + "1".repeat(26);
    public static final String PROJECT = "prj_" + "1".repeat(26);
    public static final String KEY = "key_" + "1".repeat(26);
    public static final String USER = "usr_" + "1".repeat(26);
    static final Set<String> PERMISSIONS =
            Set.of("agent.read", "agent.write", "agent.run", "run.read", "inference.call", "chat.use");

    private final KeyPair keys = keys();
    private final TokenSigner signer = new TokenSigner("test", keys.getPrivate(), Clock.systemUTC());
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final List<RecordAuditEventRequest> audited = new CopyOnWriteArrayList<>();
    private final List<IssueRunTokenRequest> issued = new CopyOnWriteArrayList<>();
    private final TenancyLog tenancy = new TenancyLog();

    public List<BindableService> endpoints() {
        return List.of(new Tokens(), new SecretValues(), new Audit(), new WatchServer(List.of(tenancy)));
    }

    /** A token of the key as it is when it is limited to models. */
    String keyToken(String... models) {
        return token(Principal.key(KEY, "Test key", TENANT, PROJECT, PERMISSIONS, List.of(models)));
    }

    String userToken() {
        return token(Principal.user(USER, "Test user", Optional.of(TENANT), PERMISSIONS));
    }

    public String token(Principal principal) {
        return signer.sign(principal, Duration.ofMinutes(5));
    }

    void refuse(String owner) {
        refused.add(owner);
    }

    /** Says that a project is gone. */
    void projectDeleted(String projectId) {
        tenancy.put(
                projectId,
                TenancyEntry.newBuilder()
                        .setDeletedProject(
                                DeletedProject.newBuilder().setTenantId(TENANT).setProjectId(projectId))
                        .build());
    }

    void secret(String name, String value) {
        secrets.put(name, value);
    }

    List<RecordAuditEventRequest> audited() {
        return audited;
    }

    List<IssueRunTokenRequest> issued() {
        return issued;
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private final class Tokens extends TokenServiceGrpc.TokenServiceImplBase {
        @Override
        public void issueRunToken(IssueRunTokenRequest request, StreamObserver<IssueRunTokenResponse> responses) {
            if (refused.contains(request.getOwner())) {
                throw new PlatformException(
                        new ReceivedReason("KEY_REVOKED", ErrorCategory.PERMISSION_DENIED, false),
                        "The key was revoked.");
            }
            issued.add(request);
            var principal = new Principal(
                    request.getRunId(),
                    "run",
                    Principal.Kind.RUN,
                    Optional.of(request.getTenantId()),
                    Optional.of(request.getProjectId()),
                    Optional.of(request.getOwner()),
                    Optional.of(request.getAgentId()),
                    Optional.of(request.getReleaseId()),
                    Optional.of(request.getRunId()),
                    Set.of("inference.call"),
                    request.getModelsList(),
                    request.getDepth());
            responses.onNext(IssueRunTokenResponse.newBuilder()
                    .setToken(token(principal))
                    .setExpireTime(Timestamps.fromMillis(System.currentTimeMillis() + 300_000))
                    .build());
            responses.onCompleted();
        }

        @Override
        public void listVerificationKeys(
                ListVerificationKeysRequest request, StreamObserver<ListVerificationKeysResponse> responses) {
            responses.onNext(ListVerificationKeysResponse.newBuilder()
                    .addKeys(Ed25519Keys.wire("test", keys.getPublic()))
                    .build());
            responses.onCompleted();
        }
    }

    /** The log of deleted projects, in memory, with all its changes. */
    private static final class TenancyLog implements WatchSource {
        private final List<Change> changes = new CopyOnWriteArrayList<>();

        void put(String key, TenancyEntry value) {
            changes.add(Change.newBuilder()
                    .setRevision(changes.size() + 1L)
                    .setEntry(Entry.newBuilder().setKey(key).setValue(value.toByteString()))
                    .build());
        }

        @Override
        public String log() {
            return "tenancy";
        }

        @Override
        public State state() {
            List<Change> now = List.copyOf(changes);
            return new State(now.size(), now.stream().map(Change::getEntry).toList());
        }

        @Override
        public Optional<List<Change>> changes(long after, int limit) {
            return Optional.of(changes.stream().skip(after).limit(limit).toList());
        }
    }

    private final class SecretValues extends SecretValueServiceGrpc.SecretValueServiceImplBase {
        @Override
        public void getSecretValues(GetSecretValuesRequest request, StreamObserver<GetSecretValuesResponse> responses) {
            var response = GetSecretValuesResponse.newBuilder();
            request.getNamesList().stream()
                    .filter(secrets::containsKey)
                    .forEach(name -> response.putValues(name, secrets.get(name)));
            responses.onNext(response.build());
            responses.onCompleted();
        }
    }

    private final class Audit extends AuditRecordServiceGrpc.AuditRecordServiceImplBase {
        @Override
        public void recordAuditEvent(
                RecordAuditEventRequest request, StreamObserver<RecordAuditEventResponse> responses) {
            audited.add(request);
            responses.onNext(RecordAuditEventResponse.getDefaultInstance());
            responses.onCompleted();
        }
    }
}
