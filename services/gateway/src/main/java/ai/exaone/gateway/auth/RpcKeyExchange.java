package ai.exaone.gateway.auth;

import ai.exaone.proto.identity.internal.v1.ExchangeKeyRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeKeyResponse;
import ai.exaone.proto.identity.internal.v1.KeyPrincipal;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.rpc.RpcErrors;
import ai.exaone.rpc.token.TokenVerifier;
import io.grpc.Channel;
import java.util.concurrent.TimeUnit;

/** Identity's token service, over gRPC. */
public final class RpcKeyExchange implements KeyExchange {
    private static final long DEADLINE_SECONDS = 5;

    private final TokenServiceGrpc.TokenServiceBlockingStub identity;
    private final TokenVerifier tokens;

    public RpcKeyExchange(Channel identity, TokenVerifier tokens) {
        this.identity = TokenServiceGrpc.newBlockingStub(identity);
        this.tokens = tokens;
    }

    @Override
    public ExchangedKey exchange(String presentedKey) {
        ExchangeKeyRequest request =
                ExchangeKeyRequest.newBuilder().setPresentedKey(presentedKey).build();
        ExchangeKeyResponse response = RpcErrors.call(() ->
                identity.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS).exchangeKey(request));
        return exchanged(response.getPrincipal(), response.getToken(), tokens);
    }

    static ExchangedKey exchanged(KeyPrincipal key, String token, TokenVerifier tokens) {
        return new ExchangedKey(KeyWire.accepted(key), tokens.verify(token), token);
    }
}
