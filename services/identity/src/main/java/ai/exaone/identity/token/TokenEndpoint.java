package ai.exaone.identity.token;

import ai.exaone.identity.apikey.KeyWire;
import ai.exaone.proto.identity.internal.v1.ExchangeKeyRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeKeyResponse;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysRequest;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysResponse;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.proto.identity.internal.v1.VerificationKey;
import ai.exaone.rpc.token.Ed25519Keys;
import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;

/** Internal tokens on the wire. */
public final class TokenEndpoint extends TokenServiceGrpc.TokenServiceImplBase {
    private final KeyExchange keys;
    private final SigningKeys signing;

    public TokenEndpoint(KeyExchange keys, SigningKeys signing) {
        this.keys = keys;
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
    public void listVerificationKeys(
            ListVerificationKeysRequest request, StreamObserver<ListVerificationKeysResponse> responses) {
        var response = ListVerificationKeysResponse.newBuilder();
        signing.verifying()
                .forEach(key -> response.addKeys(VerificationKey.newBuilder()
                        .setKeyId(key.keyId())
                        .setPublicKey(ByteString.copyFrom(Ed25519Keys.encode(key.publicKey())))));
        responses.onNext(response.build());
        responses.onCompleted();
    }
}
