package ai.exaone.gateway.auth;

import ai.exaone.proto.identity.internal.v1.IssueKeyTokenRequest;
import ai.exaone.proto.identity.internal.v1.IssueKeyTokenResponse;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.rpc.RpcErrors;
import ai.exaone.rpc.token.TokenVerifier;
import io.grpc.Channel;
import java.util.concurrent.TimeUnit;

/** Asks identity, over gRPC, who a key is whose id is known, where nobody presents the key itself. */
public final class RpcKeyIds implements KeyExchange {
    private static final long DEADLINE_SECONDS = 5;

    private final TokenServiceGrpc.TokenServiceBlockingStub identity;
    private final TokenVerifier tokens;

    public RpcKeyIds(Channel identity, TokenVerifier tokens) {
        this.identity = TokenServiceGrpc.newBlockingStub(identity);
        this.tokens = tokens;
    }

    @Override
    public ExchangedKey exchange(String keyId) {
        IssueKeyTokenRequest request =
                IssueKeyTokenRequest.newBuilder().setKeyId(keyId).build();
        IssueKeyTokenResponse response = RpcErrors.call(() ->
                identity.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS).issueKeyToken(request));
        return RpcKeyExchange.exchanged(response.getPrincipal(), response.getToken(), tokens);
    }
}
