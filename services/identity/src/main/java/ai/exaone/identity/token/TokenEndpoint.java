package ai.exaone.identity.token;

import ai.exaone.identity.apikey.KeyWire;
import ai.exaone.identity.id.KeyId;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.proto.identity.internal.v1.ExchangeBearerRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeBearerResponse;
import ai.exaone.proto.identity.internal.v1.ExchangeKeyRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeKeyResponse;
import ai.exaone.proto.identity.internal.v1.ExchangeSessionRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeSessionResponse;
import ai.exaone.proto.identity.internal.v1.IssueKeyTokenRequest;
import ai.exaone.proto.identity.internal.v1.IssueKeyTokenResponse;
import ai.exaone.proto.identity.internal.v1.IssueRunTokenRequest;
import ai.exaone.proto.identity.internal.v1.IssueRunTokenResponse;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysRequest;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysResponse;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.rpc.TimeWire;
import ai.exaone.rpc.token.Ed25519Keys;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/** Internal tokens on the wire. */
public final class TokenEndpoint extends TokenServiceGrpc.TokenServiceImplBase {
    private final KeyExchange keys;
    private final PersonExchange people;
    private final RunTokens runs;
    private final SigningKeys signing;

    public TokenEndpoint(KeyExchange keys, PersonExchange people, RunTokens runs, SigningKeys signing) {
        this.keys = keys;
        this.people = people;
        this.runs = runs;
        this.signing = signing;
    }

    @Override
    public void exchangeKey(ExchangeKeyRequest request, StreamObserver<ExchangeKeyResponse> responses) {
        KeyExchange.Exchanged exchanged = keys.exchange(request.getPresentedKey());
        responses.onNext(ExchangeKeyResponse.newBuilder()
                .setToken(exchanged.token())
                .setPrincipal(KeyWire.principal(exchanged.key()))
                .build());
        responses.onCompleted();
    }

    @Override
    public void issueKeyToken(IssueKeyTokenRequest request, StreamObserver<IssueKeyTokenResponse> responses) {
        KeyExchange.Exchanged issued = keys.issue(new KeyId(request.getKeyId()));
        responses.onNext(IssueKeyTokenResponse.newBuilder()
                .setToken(issued.token())
                .setPrincipal(KeyWire.principal(issued.key()))
                .build());
        responses.onCompleted();
    }

    @Override
    public void exchangeSession(ExchangeSessionRequest request, StreamObserver<ExchangeSessionResponse> responses) {
        String token = people.exchangeSession(request.getSessionToken(), request.getTenantId());
        responses.onNext(ExchangeSessionResponse.newBuilder().setToken(token).build());
        responses.onCompleted();
    }

    @Override
    public void exchangeBearer(ExchangeBearerRequest request, StreamObserver<ExchangeBearerResponse> responses) {
        String token = people.exchangeBearer(request.getAccessToken(), request.getTenantId());
        responses.onNext(ExchangeBearerResponse.newBuilder().setToken(token).build());
        responses.onCompleted();
    }

    @Override
    public void issueRunToken(IssueRunTokenRequest request, StreamObserver<IssueRunTokenResponse> responses) {
        RunTokens.Issued issued = runs.issue(new Run(
                new TenantId(request.getTenantId()),
                new ProjectId(request.getProjectId()),
                request.getOwner(),
                request.getAgentId(),
                Optional.of(request.getAgentName()).filter(name -> !name.isEmpty()),
                Optional.of(request.getReleaseId()).filter(id -> !id.isEmpty()),
                request.getRunId(),
                request.getModelsList(),
                request.getDepth()));
        responses.onNext(IssueRunTokenResponse.newBuilder()
                .setToken(issued.token())
                .setExpireTime(TimeWire.of(issued.expiresAt()))
                .build());
        responses.onCompleted();
    }

    @Override
    public void listVerificationKeys(
            ListVerificationKeysRequest request, StreamObserver<ListVerificationKeysResponse> responses) {
        var response = ListVerificationKeysResponse.newBuilder();
        signing.verifying().forEach(key -> response.addKeys(Ed25519Keys.wire(key.keyId(), key.publicKey())));
        responses.onNext(response.build());
        responses.onCompleted();
    }
}
