package ai.exaone.serving;

import ai.exaone.proto.identity.internal.v1.AuditRecordServiceGrpc;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysRequest;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysResponse;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventResponse;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcConfig;
import ai.exaone.rpc.RpcServer;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.token.Ed25519Keys;
import ai.exaone.rpc.token.TokenSigner;
import io.grpc.stub.StreamObserver;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of identity as serving sees: keys that verify tokens, and an audit log. */
final class StandInIdentity implements AutoCloseable {
    private final KeyPair keys;
    private final List<RecordAuditEventRequest> audited = new CopyOnWriteArrayList<>();
    private final RpcServer server;

    StandInIdentity(RpcConfig rpc) {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        server = RpcServer.start(ServiceName.IDENTITY, rpc, List.of(new Tokens(), new AuditLog()), List.of());
    }

    /** An internal token for a caller. */
    String token(Principal principal) {
        return new TokenSigner("test", keys.getPrivate(), Clock.systemUTC()).sign(principal, Duration.ofMinutes(5));
    }

    /** What was audited so far. */
    List<RecordAuditEventRequest> audited() {
        return audited;
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Tokens extends TokenServiceGrpc.TokenServiceImplBase {
        @Override
        public void listVerificationKeys(
                ListVerificationKeysRequest request, StreamObserver<ListVerificationKeysResponse> responses) {
            responses.onNext(ListVerificationKeysResponse.newBuilder()
                    .addKeys(Ed25519Keys.wire("test", keys.getPublic()))
                    .build());
            responses.onCompleted();
        }
    }

    private final class AuditLog extends AuditRecordServiceGrpc.AuditRecordServiceImplBase {
        @Override
        public void recordAuditEvent(
                RecordAuditEventRequest request, StreamObserver<RecordAuditEventResponse> responses) {
            audited.add(request);
            responses.onNext(RecordAuditEventResponse.getDefaultInstance());
            responses.onCompleted();
        }
    }
}
