package ai.exaone.gateway.relay.client;

import ai.exaone.gateway.relay.Answer;
import ai.exaone.gateway.relay.CallerListener;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request on a caller's connection, and its answer. For the connection's event loop. */
public final class HttpExchange implements Answer {
    private static final String CONNECTION = "connection";
    private static final long LAST_WORDS_SECONDS = 1;
    private static final long LINGER_SECONDS = 2;
    /** What is left of a request that was refused is read, up to this much, so that the connection can serve the next. */
    private static final long MOST_DISCARDED = 256 * 1024;

    private final CallerConnection connection;
    private final ChannelHandlerContext context;
    private final ExchangeHead head;
    private final RequestBody body;
    private final ResponseWriter writer;
    private final long arrivedNanos = System.nanoTime();
    private boolean keepAlive;
    private @Nullable CallerListener listener;
    private boolean begun;
    private boolean ended;
    private boolean gone;

    HttpExchange(CallerConnection connection, ChannelHandlerContext context, ExchangeHead head) {
        this.connection = connection;
        this.context = context;
        this.head = head;
        this.keepAlive = head.keepsAlive() && !isMalformed();
        this.body = new RequestBody(connection.codec(), head, connection.bounds(), this::bodyIsWhole);
        this.writer = new ResponseWriter(connection.codec(), head.method().equals("HEAD"));
    }

    void begin(ExchangeHandler handler) {
        handler.serve(this);
    }

    // The request.

    public String method() {
        return head.method();
    }

    /** The path as it was sent. */
    public String rawPath() {
        return RequestTarget.rawPath(head.target());
    }

    /**
     * The path decoded.
     *
     * @throws IllegalArgumentException when it is encoded wrongly
     */
    public String path() {
        return RequestTarget.decode(rawPath());
    }

    /** The first value of each parameter of the query. */
    public Map<String, String> query() {
        return RequestTarget.query(head.target());
    }

    /** The first header of a name. */
    public Optional<String> header(CharSequence name) {
        return Optional.ofNullable(head.header(name));
    }

    /** Whether there is a header of a name. */
    public boolean carries(CharSequence name) {
        return head.header(name) != null;
    }

    /** All headers of a name, in their order. */
    public List<String> headers(CharSequence name) {
        return head.headers(name);
    }

    /** The caller's address in digits. */
    public String callerAddress() {
        return connection.callerAddress();
    }

    /** Whether the request cannot be read as HTTP. */
    public boolean isMalformed() {
        return head.isMalformed();
    }

    /** When the head of the request was there, on the monotonic clock. */
    public long arrivedNanos() {
        return arrivedNanos;
    }

    /** Reads the body. */
    public void readBody(BodyReceiver receiver) {
        body.read(receiver, connection.isReading());
        connection.readOn();
    }

    /**
     * Reads the body on another thread, as it comes in.
     *
     * @param longestWait for each piece of it
     */
    public BodyPipe pipeBody(Duration longestWait) {
        BodyPipe pipe = new BodyPipe(longestWait, () -> loop().execute(connection::readOn));
        body.read(pipe);
        connection.readOn();
        return pipe;
    }

    void received(HttpContent content) {
        body.received(content);
    }

    /** All that has come so far was received. */
    void paused() {
        body.paused();
    }

    boolean wantsMore() {
        return body.wantsMore();
    }

    private void bodyIsWhole() {
        keepAlive &= !body.isBroken();
        if (ended) {
            over();
        }
    }

    // The answer.

    @Override
    public EventLoop loop() {
        return context.channel().eventLoop();
    }

    @Override
    public void attend(CallerListener newListener) {
        listener = newListener;
        if (gone) {
            newListener.gone();
        }
    }

    @Override
    public void header(String name, String value) {
        writer.header(name, value);
    }

    @Override
    public void whole(int status, String mediaType, byte[] bytes, int length) {
        if (!gone && !ended) {
            begun = true;
            settleConnection();
            writer.whole(status, mediaType, bytes, length);
            finish();
        }
    }

    @Override
    public void begin(String mediaType, long length) {
        if (!gone && !ended) {
            begun = true;
            boolean old = head.isOld();
            keepAlive &= !(old && length < 0);
            settleConnection();
            writer.head(mediaType, length, length < 0 && !old);
        }
    }

    @Override
    public boolean begun() {
        return begun;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (!gone && !ended) {
            writer.add(bytes, offset, length);
        }
    }

    @Override
    public void flush() {
        if (!gone && !ended) {
            writer.flush();
        }
    }

    @Override
    public boolean writable() {
        return gone || context.channel().isWritable();
    }

    @Override
    public void end() {
        if (!gone && !ended) {
            writer.end();
            finish();
        }
    }

    @Override
    public void endWith(byte[] lastEvent) {
        if (!gone && !ended) {
            writer.add(lastEvent, 0, lastEvent.length);
            writer.end();
            ChannelFuture out = writer.out();
            finish();
            if (!out.isDone()) {
                loop().schedule(() -> closeUnless(out), LAST_WORDS_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private void closeUnless(ChannelFuture out) {
        if (!out.isDone()) {
            context.close();
        }
    }

    @Override
    public void abort() {
        if (!gone && !ended) {
            ended = true;
            writer.drop();
            context.close();
        }
    }

    /** Says whether the connection goes on, which it does not where too much of the request would have to be read first. */
    private void settleConnection() {
        keepAlive &= !body.isBroken() && (body.isWhole() || body.left() <= MOST_DISCARDED) && connection.mayStay();
        if (!keepAlive) {
            writer.header(CONNECTION, "close");
        } else if (head.isOld()) {
            writer.header(CONNECTION, "keep-alive");
        }
    }

    private void finish() {
        ended = true;
        writer.flush();
        if (body.isWhole()) {
            over();
            return;
        }
        // Closing now would reset the connection, and the caller who still writes might never read the answer.
        body.discard();
        loop().schedule(this::closeIfNotWhole, LINGER_SECONDS, TimeUnit.SECONDS);
        connection.readOn();
    }

    private void closeIfNotWhole() {
        if (!body.isWhole()) {
            context.close();
        }
    }

    private void over() {
        if (keepAlive) {
            connection.done(this);
        } else {
            writer.out().addListener(ChannelFutureListener.CLOSE);
        }
    }

    // The caller.

    void writabilityChanged() {
        if (listener != null && !ended && context.channel().isWritable()) {
            listener.writable();
        }
    }

    void left() {
        gone = true;
        body.drop();
        writer.drop();
        if (!ended && listener != null) {
            listener.gone();
        }
    }
}
