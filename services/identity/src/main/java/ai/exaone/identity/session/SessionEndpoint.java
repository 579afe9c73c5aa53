package ai.exaone.identity.session;

import ai.exaone.identity.audit.Actor;
import ai.exaone.proto.identity.internal.v1.CreateSessionRequest;
import ai.exaone.proto.identity.internal.v1.CreateSessionResponse;
import ai.exaone.proto.identity.internal.v1.DeleteSessionRequest;
import ai.exaone.proto.identity.internal.v1.DeleteSessionResponse;
import ai.exaone.proto.identity.internal.v1.SessionServiceGrpc;
import ai.exaone.rpc.TimeWire;
import io.grpc.stub.StreamObserver;

/** Console sessions on the wire. */
public final class SessionEndpoint extends SessionServiceGrpc.SessionServiceImplBase {
    private final Sessions sessions;

    public SessionEndpoint(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void createSession(CreateSessionRequest request, StreamObserver<CreateSessionResponse> responses) {
        Sessions.Opened opened = sessions.open(
                request.getCode(),
                request.getCodeVerifier(),
                request.getRedirectUri(),
                request.getNonce(),
                Actor.current());
        responses.onNext(CreateSessionResponse.newBuilder()
                .setSessionToken(opened.token().text())
                .setExpireTime(TimeWire.of(opened.expiresAt()))
                .build());
        responses.onCompleted();
    }

    @Override
    public void deleteSession(DeleteSessionRequest request, StreamObserver<DeleteSessionResponse> responses) {
        sessions.close(request.getSessionToken(), Actor.current());
        responses.onNext(DeleteSessionResponse.getDefaultInstance());
        responses.onCompleted();
    }
}
