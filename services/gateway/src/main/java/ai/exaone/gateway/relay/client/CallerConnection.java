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

    private final CallerCodec codec;
    private final ExchangeHandler handler;
    private final RequestBounds bounds;
    private final Reception reception;
    private final ArrayDeque<Object> waiting = new ArrayDeque<>(4);
    private @Nullable ChannelHandlerContext context;
    private @Nullable ChannelHandlerContext codecContext;
    private @Nullable String callerAddress;
    private @Nullable HttpExchange current;
    /** Requests that went on to the server's own handler and are not answered. */
    private int passed;

    private boolean passing;
    private boolean reading;
    private boolean readWanted;
    private boolean taking;
    private boolean informing;

    /**
     * @param codec that stands before this
     */
    CallerConnection(CallerCodec codec, ExchangeHandler handler, RequestBounds bounds, Reception reception) {
        this.codec = codec;
        this.handler = handler;
        this.bounds = bounds;
        this.reception = reception;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        codecContext = added.pipeline().context(codec);
        reception.connected(this);
    }

    /** Where the codec is: what is written there goes past it. */
    ChannelHandlerContext codec() {
        return Objects.requireNonNull(codecContext);
    }

    /** The caller's address in digits. */
    String callerAddress() {
        if (callerAddress == null) {
            callerAddress = CallerAddress.of(context().channel());
        }
        return callerAddress;
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
            if (current == null && passed == 0 && waiting.isEmpty() && codec.isBetweenRequests()) {
                context().close();
            }
        });
    }

    // What comes in.

    @Override
    public void channelRead(ChannelHandlerContext ignored, Object message) {
        reading = true;
        if (waiting.isEmpty() && !mustWait(message)) {
            take(message);
        } else {
            waiting.add(message);
        }
    }

    private boolean mustWait(Object message) {
        boolean ours = message instanceof PlainHead;
        if (!ours && !(message instanceof HttpRequest)) {
            return false;
        }
        // Whoever does not read the answers is not to pile them up here with more requests.
        boolean busy = current != null || !context().channel().isWritable();
        return busy || (passed > 0 && (ours || message instanceof HttpRequest request && handler.takes(request.uri())));
    }

    private void take(Object message) {
        switch (message) {
            case PlainHead head -> begin(head);
            case HttpRequest request when handler.takes(request.uri()) -> begin(request);
            case HttpRequest request -> {
                passing = true;
                passed++;
                codec.passes(request.method());
                context().fireChannelRead(request);
            }
            default -> follow(message);
        }
    }

    /** Takes what belongs to the request before it. */
    private void follow(Object message) {
        if (passing) {
            context().fireChannelRead(message);
        } else if (message instanceof HttpContent content && current != null) {
            current.received(content);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(HttpRequest request) {
        try {
            begin(new CodecHead(request));
        } finally {
            ReferenceCountUtil.release(request);
        }
    }

    private void begin(ExchangeHead head) {
        passing = false;
        HttpExchange exchange = new HttpExchange(this, context(), head);
        current = exchange;
        reception.began();
        exchange.begin(handler);
    }

    /** Whether more of what has come may follow at once. */
    boolean isReading() {
        return reading;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext completed) {
        reading = false;
        if (current != null) {
            current.paused();
        }
        completed.fireChannelReadComplete();
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
