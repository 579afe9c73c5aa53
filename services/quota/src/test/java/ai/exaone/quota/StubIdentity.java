package ai.exaone.quota;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.identity.internal.v1.AuditRecordServiceGrpc;
import ai.exaone.proto.identity.internal.v1.DeletedProject;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysRequest;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysResponse;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventResponse;
import ai.exaone.proto.identity.internal.v1.TenancyEntry;
import ai.exaone.proto.identity.internal.v1.TenantProperties;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcConfig;
import ai.exaone.rpc.RpcServer;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.interceptor.RpcServerInterceptors;
import ai.exaone.rpc.token.Ed25519Keys;
import ai.exaone.rpc.token.TokenSigner;
import ai.exaone.rpc.token.TokenVerifier;
import ai.exaone.rpc.watch.WatchServer;
import ai.exaone.rpc.watch.WatchSource;
import ai.exaone.store.StoreError;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What quota needs of identity, over real gRPC: keys that verify tokens, an audit log that can be away, and the
 * log of tenants and deleted projects.
 */
final class StubIdentity implements AutoCloseable {
    private static final String KEY_ID = "test";

    private final KeyPair keys;
    private final RpcServer server;
    private final Map<String, RecordAuditEventRequest> events = new ConcurrentHashMap<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final TenancyLog tenancy = new TenancyLog();

    StubIdentity(RpcConfig config) throws GeneralSecurityException {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var verifier = new TokenVerifier(keyId -> Optional.of(keys.getPublic()), Clock.systemUTC());
        server = RpcServer.start(
                ServiceName.IDENTITY,
                config,
                List.of(new Keys(), new AuditLog(), new WatchServer(List.of(tenancy))),
                RpcServerInterceptors.inOrder(verifier, new SimpleMeterRegistry(), session -> Optional.empty()));
    }

    String token(Principal principal) {
        return new TokenSigner(KEY_ID, keys.getPrivate(), Clock.systemUTC()).sign(principal, Duration.ofMinutes(5));
    }

    /** The audit events that arrived, by id. */
    Map<String, RecordAuditEventRequest> events() {
        return events;
    }

    /** Refuses the next audit events. */
    void refuse(int times) {
        refusals.set(times);
    }

    /** Says where a tenant's days begin. */
    void tenant(String tenantId, String timeZone) {
        tenancy.put(
                tenantId,
                TenancyEntry.newBuilder()
                        .setTenant(TenantProperties.newBuilder()
                                .setTenantId(tenantId)
                                .setTimeZone(timeZone))
                        .build());
    }

    /** Says that a project is gone. */
    void projectDeleted(String tenantId, String projectId) {
        tenancy.put(
                projectId,
                TenancyEntry.newBuilder()
                        .setDeletedProject(DeletedProject.newBuilder()
                                .setTenantId(tenantId)
                                .setProjectId(projectId))
                        .build());
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Keys extends TokenServiceGrpc.TokenServiceImplBase {
        @Override
        public void listVerificationKeys(
                ListVerificationKeysRequest request, StreamObserver<ListVerificationKeysResponse> responses) {
            responses.onNext(ListVerificationKeysResponse.newBuilder()
                    .addKeys(Ed25519Keys.wire(KEY_ID, keys.getPublic()))
                    .build());
            responses.onCompleted();
        }
    }

    /** The log of tenants and deleted projects, in memory, with all its changes. */
    private static final class TenancyLog implements WatchSource {
        private final List<Change> changes = new ArrayList<>();

        synchronized void put(String key, TenancyEntry value) {
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
        public synchronized State state() {
            var entries = new LinkedHashMap<String, Entry>();
            changes.forEach(change -> entries.put(change.getEntry().getKey(), change.getEntry()));
            return new State(changes.size(), List.copyOf(entries.values()));
        }

        @Override
        public synchronized Optional<List<Change>> changes(long after, int limit) {
            return Optional.of(changes.stream()
                    .filter(change -> change.getRevision() > after)
                    .limit(limit)
                    .toList());
        }
    }

    private final class AuditLog extends AuditRecordServiceGrpc.AuditRecordServiceImplBase {
        @Override
        public void recordAuditEvent(
                RecordAuditEventRequest request, StreamObserver<RecordAuditEventResponse> responses) {
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new PlatformException(StoreError.STORE_UNAVAILABLE, "The database cannot be reached.");
            }
            events.put(request.getAuditEventId(), request);
            responses.onNext(RecordAuditEventResponse.getDefaultInstance());
            responses.onCompleted();
        }
    }
}
