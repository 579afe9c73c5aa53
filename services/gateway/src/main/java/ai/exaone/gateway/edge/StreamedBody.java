package ai.exaone.gateway.edge;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.EventLoop;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A body that is sent while it comes. */
public final class StreamedBody {
    private StreamedBody() {}

    /**
     * The pieces, handed to the server on the event loop of the request's connection, one at a time.
     *
     * <p>The server (Micronaut 4.10, {@code PipeliningServerHandler.StreamingOutboundHandler.add0}) never releases the buffer of a
     * piece that another thread handed over before the client left and that its loop comes to after. On the loop itself nothing comes
     * between: who has left is handed nothing more.
     *
     * @param request the server's own, as a controller is given it
     */
    public static Publisher<byte[]> of(HttpRequest<?> request, Publisher<byte[]> pieces) {
        EventLoop loop = ((NettyHttpRequest<?>) request)
                .getChannelHandlerContext()
                .channel()
                .eventLoop();
        return Flux.from(pieces).publishOn(Schedulers.fromExecutor(loop), 1);
    }
}
