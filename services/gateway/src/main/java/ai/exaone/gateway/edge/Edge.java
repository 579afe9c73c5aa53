package ai.exaone.gateway.edge;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.ServiceName;
import io.grpc.Context;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every request has in common, whatever it asks for: an id under which it is logged and which it is told, the same id and the
 * caller's address on every call between services, and a problem where it fails. Thread-safe.
 */
public final class Edge {
    /** The header that names the request. */
    public static final String REQUEST_ID = "x-request-id";

    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
    private static final String PREFIX = "req";

    private final IdGenerator ids;

    public Edge(IdGenerator ids) {
        this.ids = ids;
    }

    /**
     * Does a request's work under its own id.
     *
     * @param work given the id; what it throws becomes a problem
     */
    public HttpResponse<?> serve(HttpRequest<?> request, Function<String, HttpResponse<?>> work) {
        String requestId = ids.next(PREFIX);
        CallContext served =
                new CallContext(Optional.empty(), Optional.of(ServiceName.GATEWAY), requestId, clientAddress(request));
        Context context = Context.current().withValue(CallContext.KEY, served);
        Context before = context.attach();
        try {
            return named(work.apply(requestId), requestId);
        } catch (PlatformException failure) {
            return refusal(request, failure, requestId);
        } catch (RuntimeException defect) {
            return refusal(request, PlatformException.internal(defect), requestId);
        } finally {
            context.detach(before);
        }
    }

    /** The answer to a request that no code of ours has seen. */
    public MutableHttpResponse<?> refusal(HttpRequest<?> request, PlatformException failure) {
        return refusal(request, failure, ids.next(PREFIX));
    }

    private static MutableHttpResponse<?> refusal(HttpRequest<?> request, PlatformException failure, String requestId) {
        if (failure.category() == ErrorCategory.INTERNAL) {
            LOG.error("{} {} failed (request {})", request.getMethodName(), request.getPath(), requestId, failure);
        }
        MutableHttpResponse<?> answer = ProblemAnswers.of(Problem.of(failure, requestId));
        answer.header(REQUEST_ID, requestId);
        return answer;
    }

    private static HttpResponse<?> named(HttpResponse<?> answer, String requestId) {
        if (answer instanceof MutableHttpResponse<?> mutable) {
            mutable.header(REQUEST_ID, requestId);
        }
        return answer;
    }

    private static String clientAddress(HttpRequest<?> request) {
        InetSocketAddress remote = request.getRemoteAddress();
        return remote.getAddress() == null
                ? remote.getHostString()
                : remote.getAddress().getHostAddress();
    }
}
