package ai.exaone.gateway.signin;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.edge.Edge;
import ai.exaone.gateway.edge.PlainPage;
import ai.exaone.gateway.edge.ServerRequestHead;
import ai.exaone.proto.identity.internal.v1.CreateSessionRequest;
import ai.exaone.proto.identity.internal.v1.CreateSessionResponse;
import ai.exaone.proto.identity.internal.v1.DeleteSessionRequest;
import ai.exaone.proto.identity.internal.v1.SessionServiceGrpc.SessionServiceBlockingStub;
import ai.exaone.rpc.RpcErrors;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Signs people in at Keycloak and out again: code with PKCE, state and nonce; tokens stay at identity, the browser gets a cookie. */
@Controller
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class SignInDoor {
    private static final String CLIENT = "exaone-console";
    private static final String AUTHORIZE = "/auth/realms/exaone/protocol/openid-connect/auth";
    private static final String CALLBACK = "/signin/callback";

    private final Edge edge;
    private final SessionServiceBlockingStub sessions;
    private final PublicAddress address;
    private final OwnPages ownPages;
    private final AttemptCookie attempts;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public SignInDoor(
            Edge edge,
            SessionServiceBlockingStub sessions,
            PublicAddress address,
            OwnPages ownPages,
            AttemptCookie attempts,
            Clock clock) {
        this.edge = edge;
        this.sessions = sessions;
        this.address = address;
        this.ownPages = ownPages;
        this.attempts = attempts;
        this.clock = clock;
    }

    /** Sends a browser to Keycloak's page. */
    @Get("/signin")
    HttpResponse<?> begin(HttpRequest<?> request) {
        return edge.serve(request, requestId -> {
            ReturnPath returnTo = ReturnPath.of(parameter(request, "return_to").orElse(""));
            Attempt attempt = Attempt.begin(returnTo, random, clock.instant());
            URI keycloak = UriBuilder.of(address.at(AUTHORIZE))
                    .queryParam("response_type", "code")
                    .queryParam("client_id", CLIENT)
                    .queryParam("scope", "openid")
                    .queryParam("redirect_uri", address.at(CALLBACK))
                    .queryParam("state", attempt.state())
                    .queryParam("nonce", attempt.nonce())
                    .queryParam("code_challenge", attempt.challenge())
                    .queryParam("code_challenge_method", "S256")
                    .build();
            return goTo(keycloak).cookie(attempts.of(attempt));
        });
    }

    /** Finishes a sign-in when Keycloak sends the browser back. */
    @Get(CALLBACK)
    HttpResponse<?> finish(HttpRequest<?> request) {
        return edge.serve(request, requestId -> {
            String state = parameter(request, "state").orElse("");
            Optional<Attempt> attempt = attempts.find(request, state);
            if (attempt.isEmpty()) {
                return SignInPages.expired().answer();
            }
            return parameter(request, "code")
                    .<MutableHttpResponse<?>>map(code -> redeem(attempt.get(), code))
                    .orElseGet(() -> SignInPages.refused().answer())
                    .cookie(attempts.end(state));
        });
    }

    /** Ends the session here and at Keycloak, and says where to go. */
    @Post("/signout")
    HttpResponse<?> signOut(HttpRequest<?> request) {
        return edge.serve(request, requestId -> {
            ownPages.requireForChange(new ServerRequestHead(request));
            SessionCookie.of(new ServerRequestHead(request)).ifPresent(this::end);
            String json = "{\"location\":\"" + address.at(ReturnPath.CONSOLE.path()) + "\"}";
            return HttpResponse.ok(json.getBytes(StandardCharsets.UTF_8))
                    .contentType(MediaType.APPLICATION_JSON_TYPE)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .cookie(SessionCookie.end(address));
        });
    }

    private MutableHttpResponse<?> redeem(Attempt attempt, String code) {
        CreateSessionResponse session;
        try {
            session = RpcErrors.call(() -> sessions.createSession(CreateSessionRequest.newBuilder()
                    .setCode(code)
                    .setCodeVerifier(attempt.verifier())
                    .setRedirectUri(address.at(CALLBACK).toString())
                    .setNonce(attempt.nonce())
                    .build()));
        } catch (PlatformException failure) {
            return page(failure).answer();
        }
        Instant end = Instant.ofEpochSecond(session.getExpireTime().getSeconds());
        return goTo(address.at(attempt.returnTo().path()))
                .cookie(SessionCookie.begin(
                        session.getSessionToken(), Duration.between(clock.instant(), end), address));
    }

    /** A person who reads no JSON is told in words; what is our fault still becomes a problem in the log. */
    private static PlainPage page(PlatformException failure) {
        return switch (failure.category()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED -> SignInPages.starting();
            case UNAUTHENTICATED, INVALID_ARGUMENT -> SignInPages.expired();
            case PERMISSION_DENIED, FAILED_PRECONDITION, NOT_FOUND -> SignInPages.refused();
            case CANCELLED, ALREADY_EXISTS, RESOURCE_EXHAUSTED, ABORTED, UNIMPLEMENTED, INTERNAL -> throw failure;
        };
    }

    /** A session that identity no longer has is ended. */
    private void end(String session) {
        try {
            RpcErrors.call(() -> sessions.deleteSession(
                    DeleteSessionRequest.newBuilder().setSessionToken(session).build()));
        } catch (PlatformException failure) {
            if (failure.category() != ErrorCategory.UNAUTHENTICATED && failure.category() != ErrorCategory.NOT_FOUND) {
                throw failure;
            }
        }
    }

    private static MutableHttpResponse<?> goTo(URI location) {
        return HttpResponse.seeOther(location).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static Optional<String> parameter(HttpRequest<?> request, String name) {
        return Optional.ofNullable(request.getParameters().get(name));
    }
}
