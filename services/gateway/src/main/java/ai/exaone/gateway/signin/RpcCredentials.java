package ai.exaone.gateway.signin;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.Credentials;
import ai.exaone.gateway.auth.RequestHead;
import ai.exaone.proto.identity.internal.v1.ExchangeBearerRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeKeyRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeSessionRequest;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import ai.exaone.rpc.RpcErrors;
import ai.exaone.rpc.token.TokenVerifier;
import io.grpc.Channel;
import io.micronaut.http.HttpHeaders;
import java.util.Optional;

/** Has identity exchange what a caller presents: an API key, an access token or a session's cookie. Thread-safe. */
public final class RpcCredentials implements Credentials {
    private static final String BEARER = "Bearer ";
    private static final String KEY_PREFIX = "exk_";
    private static final int LONGEST_KEY = 256;
    private static final int LONGEST_ACCESS_TOKEN = 16_384;

    private final TokenServiceBlockingStub identity;
    private final TokenVerifier tokens;
    private final OwnPages ownPages;

    public RpcCredentials(Channel identity, TokenVerifier tokens, OwnPages ownPages) {
        this.identity = TokenServiceGrpc.newBlockingStub(identity);
        this.tokens = tokens;
        this.ownPages = ownPages;
    }

    /** What a caller presents. */
    private sealed interface Presented {
        record Key(String key) implements Presented {}

        record AccessToken(String token) implements Presented {}

        record Session(String token) implements Presented {}
    }

    @Override
    public Exchanged exchange(RequestHead request, String tenantId) {
        Presented presented = presented(request);
        String token = RpcErrors.call(() -> switch (presented) {
            case Presented.Key(String key) ->
                identity.exchangeKey(ExchangeKeyRequest.newBuilder()
                                .setPresentedKey(key)
                                .build())
                        .getToken();
            case Presented.AccessToken(String accessToken) ->
                identity.exchangeBearer(ExchangeBearerRequest.newBuilder()
                                .setAccessToken(accessToken)
                                .setTenantId(tenantId)
                                .build())
                        .getToken();
            case Presented.Session(String session) ->
                identity.exchangeSession(ExchangeSessionRequest.newBuilder()
                                .setSessionToken(session)
                                .setTenantId(tenantId)
                                .build())
                        .getToken();
        });
        return new Exchanged(tokens.verify(token), token);
    }

    /** A header is meant; a cookie is sent by browsers whatever page made the request, so that such a request must be ours. */
    private Presented presented(RequestHead request) {
        Optional<String> authorization = request.header(HttpHeaders.AUTHORIZATION);
        if (authorization.isPresent()) {
            return bearer(authorization.get());
        }
        String session = SessionCookie.of(request).orElseThrow(RpcCredentials::nobody);
        ownPages.requireForChange(request);
        return new Presented.Session(session);
    }

    private static Presented bearer(String authorization) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw nobody();
        }
        String credential = authorization.substring(BEARER.length()).strip();
        boolean key = credential.startsWith(KEY_PREFIX);
        if (credential.isEmpty() || credential.length() > (key ? LONGEST_KEY : LONGEST_ACCESS_TOKEN)) {
            throw nobody();
        }
        return key ? new Presented.Key(credential) : new Presented.AccessToken(credential);
    }

    private static PlatformException nobody() {
        return new PlatformException(
                SignInError.NOT_SIGNED_IN, "Sign in, or present an access token or an API key as bearer token.");
    }
}
