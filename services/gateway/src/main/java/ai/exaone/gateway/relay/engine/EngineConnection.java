package ai.exaone.gateway.relay.engine;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.EOFException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an engine, which serves one call at a time. It goes back to its pool only when both request and answer are
 * complete and nothing is left over; in every other case it is closed.
 */
final class EngineConnection extends ChannelInboundHandlerAdapter {
    private static final long LAST_BYTES_SECONDS = 1;
    private static final int SWITCHING_PROTOCOLS = 101;
    /** Lower ones inform of an answer that is still to come. */
    private static final int OK = 200;

    private final EnginePool pool;
    private @Nullable EngineDecoder decoder;
    private @Nullable ChannelHandlerContext context;
    private @Nullable EngineCall call;
    private @Nullable RequestWriter writer;
    private boolean answering;
    private boolean passing;
    private boolean reusable;
    private long waitingSince;

    EngineConnection(EnginePool pool) {
        this.pool = pool;
    }

    void readsWith(EngineDecoder answers) {
        decoder = answers;
    }

    /** Sends a call's request. */
    void serve(EngineCall served) {
        call = served;
        answering = true;
        passing = false;
        writer = new RequestWriter(context(), pool.address(), served.request());
        writer.start();
    }

    boolean isOpen() {
        return context().channel().isActive();
    }

    void waitsSince(long nanos) {
        waitingSince = nanos;
    }

    long waitingSince() {
        return waitingSince;
    }

    void read(boolean on) {
        context().channel().config().setAutoRead(on);
    }

    void close() {
        call = null;
        if (context != null) {
            context.close();
        }
    }

    /** The call wants nothing more; what completes the answer may still be on its way. */
    void finish() {
        call = null;
        if (answering) {
            read(true);
            pool.loop().schedule(this::closeIfAnswering, LAST_BYTES_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void closeIfAnswering() {
        if (answering && call == null) {
            close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        try {
            boolean broken = message instanceof HttpObject object
                    && object.decoderResult().isFailure();
            if (!answering || broken) {
                lost(new EOFException("The engine sends what is no answer"));
            } else if (message instanceof EngineHead head) {
                head(head);
            } else if (message instanceof HttpResponse head) {
                head(EngineHead.of(head));
            } else if (message instanceof HttpContent content) {
                content(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void head(EngineHead head) {
        passing = head.status() >= OK;
        reusable = head.reusable();
        if (head.status() == SWITCHING_PROTOCOLS) {
            lost(new EOFException("The engine changes the protocol"));
        } else if (passing && call != null) {
            call.head(head.toUpstreamHead());
        }
    }

    private void content(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (!passing) {
            return;
        }
        if (content.content().isReadable()) {
            if (call == null) {
                // The call had all it wanted, and there is more: the rest is not worth waiting for.
                close();
                return;
            }
            call.body(content.content());
        }
        if (last) {
            complete();
        }
    }

    private void complete() {
        answering = false;
        EngineCall served = call;
        call = null;
        boolean whole = Objects.requireNonNull(writer).isDone();
        if (reusable && whole && !Objects.requireNonNull(decoder).hasSurplus() && isOpen()) {
            read(true);
            pool.give(this);
        } else {
            context().close();
        }
        if (served != null) {
            served.complete();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext reading) {
        if (call != null) {
            call.drained();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (writer != null) {
            writer.proceed();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        lost(new EOFException("The engine closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
        lost(cause);
    }

    private void lost(Throwable cause) {
        EngineCall served = call;
        boolean waited = !answering;
        answering = false;
        close();
        if (waited) {
            pool.lost(this);
        }
        if (served != null) {
            served.lost(cause);
        }
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
