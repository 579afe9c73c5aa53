package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.openai.OpenAiReason;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.CallContext;
import io.grpc.Context;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves OpenAI's paths over HTTP, each request on a virtual thread of its own. Thread-safe. */
public final class HttpCalls {
    private static final Logger LOG = LoggerFactory.getLogger(HttpCalls.class);
    private static final String MODELS = "/v1/models";

    private final Inference inference;
    private final ModelCatalogue catalogue;
    private final ActiveCalls active;
    private final BodyReader bodies;
    private final IdGenerator ids;
    private final Clock clock;

    public HttpCalls(
            Inference inference,
            ModelCatalogue catalogue,
            ActiveCalls active,
            BodyReader bodies,
            IdGenerator ids,
            Clock clock) {
        this.inference = inference;
        this.catalogue = catalogue;
        this.active = active;
        this.bodies = bodies;
        this.ids = ids;
        this.clock = clock;
    }

    /** Says who sends a request. */
    interface Authentication {
        Caller authenticate(HttpRequest<?> request);
    }

    /**
     * Serves a request.
     *
     * @param path the path below the API's root, decoded, for example {@code /v1/models/agent/clerk}
     */
    CompletionStage<HttpResponse<?>> serve(HttpRequest<?> request, String path, Authentication authentication) {
        long arrived = System.nanoTime();
        String requestId = ids.next("req");
        Channel channel =
                ((NettyHttpRequest<?>) request).getChannelHandlerContext().channel();
        CloseableByteBody body = ((ServerHttpRequest<?>) request).byteBody().move();
        HttpAnswer answer = new HttpAnswer(channel::close);
        answer.header("x-request-id", requestId);
        Arrival arrival = new Arrival(request, path, requestId, arrived, channel);
        CallContext context = new CallContext(
                Optional.empty(),
                Optional.empty(),
                requestId,
                request.getRemoteAddress().getAddress().getHostAddress());
        Thread.ofVirtual()
                .name(requestId)
                .start(Context.current()
                        .withValue(CallContext.KEY, context)
                        .wrap(() -> serve(arrival, authentication, body, answer)));
        return answer.response();
    }

    /** A request and what was noted when it arrived. */
    private record Arrival(HttpRequest<?> request, String path, String requestId, long nanos, Channel channel) {
        boolean reads() {
            return request.getMethod() == HttpMethod.GET;
        }
    }

    private void serve(Arrival arrival, Authentication authentication, CloseableByteBody body, HttpAnswer answer) {
        try (body) {
            Optional<Endpoint> endpoint = requirePath(arrival);
            Caller caller = authentication.authenticate(arrival.request());
            if (endpoint.isPresent()) {
                infer(arrival, caller, endpoint.get(), body, answer);
            } else if (arrival.path().equals(MODELS)) {
                answer.whole(200, "application/json", catalogue.list(caller));
            } else {
                String name = arrival.path().substring(MODELS.length() + 1);
                answer.whole(200, "application/json", catalogue.one(caller, name));
            }
        } catch (PlatformException refused) {
            answer.fail(OpenAiError.of(refused));
        } catch (IOException left) {
            LOG.debug("{}: the caller broke off within its request", arrival.requestId(), left);
            arrival.channel().close();
        } catch (RuntimeException defect) {
            LOG.error("{} failed", arrival.requestId(), defect);
            answer.fail(OpenAiError.of(PlatformException.internal(defect)));
        }
    }

    /** The endpoint of the path; empty for those of models. */
    private static Optional<Endpoint> requirePath(Arrival arrival) {
        Optional<Endpoint> endpoint = Endpoint.of(arrival.path());
        boolean models = arrival.path().equals(MODELS)
                || (arrival.path().startsWith(MODELS + "/") && arrival.path().length() > MODELS.length() + 1);
        if (endpoint.isEmpty() && !models) {
            throw unknownPath(arrival.request().getMethodName(), arrival.path());
        }
        if (arrival.reads() == endpoint.isPresent()) {
            throw new PlatformException(
                    OpenAiReason.METHOD_NOT_ALLOWED,
                    "Not allowed to " + arrival.request().getMethodName() + " on " + arrival.path() + ".");
        }
        return endpoint;
    }

    static PlatformException unknownPath(String method, String path) {
        return new PlatformException(OpenAiReason.PATH_NOT_FOUND, "Unknown request URL: " + method + " " + path + ".");
    }

    private void infer(Arrival arrival, Caller caller, Endpoint endpoint, CloseableByteBody body, HttpAnswer answer)
            throws IOException {
        body.expectedLength().ifPresent(bodies::requireLength);
        try (ActiveCall running = active.enter(caller.principal().keyId().orElse(""), answer);
                InputStream in = body.toInputStream();
                BodyReader.Body read = bodies.read(in)) {
            Call call = new Call(
                    arrival.requestId(),
                    caller,
                    endpoint,
                    read.bytes(),
                    caller.principal().depth(),
                    clock.instant(),
                    arrival.nanos());
            answer.onGone(running::callerGone);
            GenericFutureListener<Future<Void>> closed = future -> running.callerGone();
            arrival.channel().closeFuture().addListener(closed);
            try {
                inference.run(call, running, answer);
            } finally {
                arrival.channel().closeFuture().removeListener(closed);
            }
        }
    }
}
