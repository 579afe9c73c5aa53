package ai.exaone.gateway.relay.client;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One caller's connection. Requests on our paths become exchanges, one after the other; all others go on to the server's own handler.
 * A request waits until those before it are answered, and while one waits nothing more is read. The server's handler reads by hand,
 * whenever it wants more; so that its wish is kept and granted when we want more too.
 */
final class CallerConnection extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(CallerConnection.class);

    private final ExchangeHandler handler;
    private final RequestBounds bounds;
    private final Reception reception;
    private final ArrayDeque<Object> waiting = new ArrayDeque<>(4);
    private @Nullable ChannelHandlerContext context;
    private @Nullable HttpExchange current;
    /** Requests that went on to the server's own handler and are not answered. */
    private int passed;

    private boolean passing;
    private boolean readWanted;
    private boolean taking;
    private boolean informing;

    CallerConnection(ExchangeHandler handler, RequestBounds bounds, Reception reception) {
        this.handler = handler;
        this.bounds = bounds;
        this.reception = reception;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        reception.connected(this);
    }

    RequestBounds bounds() {
        return bounds;
    }

    /** Whether the caller may keep the connection for another request. */
    boolean mayStay() {
        return reception.isOpen();
    }

    /** Closes the connection unless something is under way on it. May be called from any thread. */
    void closeIfIdle() {
        // Its loop takes what has arrived before it comes to this.
        context().channel().eventLoop().execute(() -> {
            if (current == null && passed == 0 && waiting.isEmpty()) {
                context().close();
            }
        });
    }

    // What comes in.

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (waiting.isEmpty() && !mustWait(message)) {
            take(message);
        } else {
            waiting.add(message);
        }
    }

    private boolean mustWait(Object message) {
        if (!(message instanceof HttpRequest request)) {
            return false;
        }
        // Whoever does not read the answers is not to pile them up here with more requests.
        boolean busy = current != null || !context().channel().isWritable();
        return busy || (passed > 0 && handler.takes(request.uri()));
    }

    private void take(Object message) {
        if (message instanceof HttpRequest request) {
            passing = !handler.takes(request.uri());
            if (!passing) {
                begin(request);
                return;
            }
            passed++;
        }
        if (passing) {
            context().fireChannelRead(message);
        } else if (message instanceof HttpContent content && current != null) {
            current.received(content);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(HttpRequest request) {
        HttpExchange exchange = new HttpExchange(this, context(), request);
        current = exchange;
        reception.began();
        try {
            exchange.begin(handler);
        } finally {
            ReferenceCountUtil.release(request);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext reading) {
        reading.fireChannelReadComplete();
    }

    @Override
    public void read(ChannelHandlerContext wanting) {
        if (wantsMore()) {
            wanting.read();
        } else {
            readWanted = true;
        }
    }

    /** Also while an exchange is answered something is read: that is how a caller who leaves is noticed. */
    private boolean wantsMore() {
        return waiting.isEmpty() && (current == null || current.wantsMore());
    }

    /** Reads on, if that is wanted on both sides. */
    void readOn() {
        if (readWanted && wantsMore()) {
            readWanted = false;
            context().read();
        }
    }

    // What goes out.

    /** An exchange is over: its request was read whole, and its answer written. */
    void done(HttpExchange exchange) {
        if (current == exchange) {
            current = null;
            reception.ended();
            takeWaiting();
        }
    }

    private void takeWaiting() {
        if (taking) {
            return;
        }
        taking = true;
        try {
            while (!waiting.isEmpty() && !mustWait(Objects.requireNonNull(waiting.peek()))) {
                take(waiting.remove());
            }
        } finally {
            taking = false;
        }
        readOn();
    }

    /** Sees answers of the server's own handler go by. */
    @Override
    public void write(ChannelHandlerContext writing, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            informing = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
        writing.write(message, promise);
        if (message instanceof LastHttpContent && !informing && passed > 0) {
            passed--;
            if (passed == 0 && !waiting.isEmpty()) {
                writing.executor().execute(this::takeWaiting);
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (current != null) {
            current.writabilityChanged();
        } else if (changed.channel().isWritable()) {
            takeWaiting();
        }
        changed.fireChannelWritabilityChanged();
    }

    // The rest of its life.

    @Override
    public void userEventTriggered(ChannelHandlerContext triggered, Object event) {
        if (event instanceof SslCloseCompletionEvent) {
            // Who says goodbye within TLS may keep the connection until we do, and is gone all the same.
            triggered.close();
            return;
        }
        // An exchange has its own bounds of time.
        if (!(event instanceof IdleStateEvent) || current == null) {
            triggered.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        leave();
        closed.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        leave();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
        if (current == null) {
            failing.fireExceptionCaught(cause);
        } else {
            LOG.debug("A caller's connection broke", cause);
            failing.close();
        }
    }

    private void leave() {
        reception.disconnected(this);
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        HttpExchange left = current;
        current = null;
        if (left != null) {
            reception.ended();
            left.left();
        }
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
