package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.AuthError;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.auth.Principals;
import ai.exaone.gateway.relay.client.HttpExchange;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** For outside callers: {@code /v1}, with an API key or a run's token. */
public final class PublicEntrance implements Entrance {
    private static final String ROOT = "/v1";
    private static final String BEARER = "Bearer ";
    private static final String ANTHROPIC_KEY = "x-api-key";

    private final Principals principals;

    public PublicEntrance(Principals principals) {
        this.principals = principals;
    }

    @Override
    public boolean takes(String rawPath) {
        return rawPath.startsWith(ROOT) && (rawPath.length() == ROOT.length() || rawPath.charAt(ROOT.length()) == '/');
    }

    @Override
    public String apiPath(String path) {
        return path;
    }

    @Override
    public CompletionStage<Caller> authenticate(HttpExchange exchange) {
        String authorization = exchange.header(HttpHeaderNames.AUTHORIZATION).orElse("");
        Optional<String> key = exchange.header(ANTHROPIC_KEY);
        if (authorization.isEmpty() && key.isPresent()) {
            return caller(key.get().strip());
        }
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new PlatformException(
                    AuthError.KEY_NOT_ACCEPTED,
                    "You didn't provide an API key. Send it in the header 'Authorization: Bearer KEY'.");
        }
        return caller(authorization.substring(BEARER.length()).strip());
    }

    private CompletionStage<Caller> caller(String credential) {
        Optional<Caller> known = principals.known(credential);
        return known.isPresent()
                ? CompletableFuture.completedFuture(known.get())
                : Later.aside("authenticate", () -> principals.authenticate(credential));
    }
}
