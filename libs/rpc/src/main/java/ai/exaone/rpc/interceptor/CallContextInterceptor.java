package ai.exaone.rpc.interceptor;

import ai.exaone.errors.PlatformException;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcError;
import ai.exaone.rpc.RpcHeaders;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.token.TokenVerifier;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Finds out who calls: the service by its certificate, the caller it calls for by the internal token. */
final class CallContextInterceptor implements ServerInterceptor {
    private static final String BEARER = "Bearer ";

    private final TokenVerifier tokens;
    private final Function<SSLSession, Optional<ServiceName>> peer;

    CallContextInterceptor(TokenVerifier tokens, Function<SSLSession, Optional<ServiceName>> peer) {
        this.tokens = tokens;
        this.peer = peer;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        CallContext served = new CallContext(
                principal(headers.get(RpcHeaders.AUTHORIZATION)),
                service(call, headers),
                text(headers.get(RpcHeaders.REQUEST_ID)),
                text(headers.get(RpcHeaders.CLIENT_ADDRESS)));
        return Contexts.interceptCall(Context.current().withValue(CallContext.KEY, served), call, headers, next);
    }

    private Optional<Principal> principal(@Nullable String authorization) {
        if (authorization == null) {
            return Optional.empty();
        }
        if (!authorization.startsWith(BEARER)) {
            throw new PlatformException(RpcError.UNAUTHENTICATED, "The caller's token is not a bearer token.");
        }
        return Optional.of(tokens.verify(authorization.substring(BEARER.length())));
    }

    private Optional<ServiceName> service(ServerCall<?, ?> call, Metadata headers) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        return session != null ? peer.apply(session) : ServiceName.ofWireName(text(headers.get(RpcHeaders.SERVICE)));
    }

    private static String text(@Nullable String header) {
        return header == null ? "" : header;
    }
}
