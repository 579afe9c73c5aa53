package ai.exaone.gateway.relay;

import ai.exaone.gateway.routing.Replica;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;

/** One engine, over HTTP. */
public final class EngineUpstream implements Upstream {
    private final CloseableHttpClient client;
    private final Replica replica;

    /**
     * @param client from {@link EngineClient}; shared
     */
    public EngineUpstream(CloseableHttpClient client, Replica replica) {
        this.client = client;
        this.replica = replica;
    }

    @Override
    public UpstreamAnswer open(UpstreamRequest request, Cancellation cancellation) throws UpstreamException {
        HttpPost post = new HttpPost(replica.url().resolve(root() + request.path()));
        post.setHeader(HttpHeaders.ACCEPT, "*/*");
        post.setHeader("X-Request-Id", request.requestId());
        if (!replica.key().isEmpty()) {
            post.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + replica.key());
        }
        post.setEntity(new SpliceEntity(request.body()));
        cancellation.onCancel(post::cancel);
        try {
            ClassicHttpResponse response = client.executeOpen(HttpHost.create(replica.url()), post, null);
            return new EngineAnswer(response, post);
        } catch (IOException failure) {
            throw translate(failure);
        }
    }

    static UpstreamException translate(IOException failure) {
        UpstreamException.Kind kind = switch (failure) {
            case ConnectTimeoutException notReached -> UpstreamException.Kind.UNREACHABLE;
            case HttpHostConnectException notReached -> UpstreamException.Kind.UNREACHABLE;
            case ConnectionRequestTimeoutException poolFull -> UpstreamException.Kind.UNREACHABLE;
            case ConnectException notReached -> UpstreamException.Kind.UNREACHABLE;
            case NoRouteToHostException notReached -> UpstreamException.Kind.UNREACHABLE;
            case UnknownHostException notReached -> UpstreamException.Kind.UNREACHABLE;
            case SocketTimeoutException silent -> UpstreamException.Kind.TIMED_OUT;
            default -> UpstreamException.Kind.BROKEN;
        };
        return new UpstreamException(kind, failure);
    }

    private String root() {
        String path = replica.url().getRawPath() == null ? "" : replica.url().getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
