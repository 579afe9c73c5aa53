package ai.exaone.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection: asks, reads the answer, tells its lane, and is then free. Used on its event loop only. */
final class Caller extends SimpleChannelInboundHandler<HttpObject> {
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int MOST_ERROR_CHARACTERS = 160;

    private final Lane lane;
    private final AnswerCheck check;
    private final StringBuilder errorText = new StringBuilder();
    private @Nullable ChannelHandlerContext context;
    private boolean busy;
    private boolean keepAlive;
    private boolean comesLater;
    private int status;
    private long dueNanos;
    private long sentNanos;

    Caller(Lane lane, Expected expected, StreamCheck.Times times) {
        this.lane = lane;
        this.check = AnswerCheck.of(expected, times);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** Sends the request. */
    void ask(ByteBuf request, long due) {
        ChannelHandlerContext open = open();
        busy = true;
        dueNanos = due;
        sentNanos = System.nanoTime();
        check.begin(sentNanos);
        open.writeAndFlush(request.retainedDuplicate(), open.voidPromise());
    }

    boolean isBusySince(long nanos) {
        return busy && sentNanos < nanos;
    }

    /** Gives up what is under way. */
    void giveUp(String why) {
        fail(why);
        open().close();
    }

    void close() {
        open().close();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext active, HttpObject message) {
        if (message instanceof HttpResponse head) {
            begin(head);
        }
        if (!message.decoderResult().isSuccess()) {
            giveUp("not HTTP");
            return;
        }
        if (message instanceof HttpContent content) {
            lane.read(content.content().readableBytes());
            if (status == OK) {
                check.read(content.content());
            } else if (errorText.length() < MOST_ERROR_CHARACTERS) {
                errorText.append(content.content().toString(StandardCharsets.UTF_8));
            }
            if (message instanceof LastHttpContent && busy) {
                end();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) throws Exception {
        fail("closed early");
        lane.lost(this);
        super.channelInactive(inactive);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext active, Throwable cause) {
        fail(cause.getClass().getSimpleName());
        active.close();
    }

    private void begin(HttpResponse head) {
        status = head.status().code();
        keepAlive = HttpUtil.isKeepAlive(head);
        comesLater = head.headers().contains(HttpHeaderNames.RETRY_AFTER);
        errorText.setLength(0);
    }

    private void end() {
        if ((status == TOO_MANY || status == UNAVAILABLE) && comesLater) {
            busy = false;
            lane.refused(this, keepAlive);
            return;
        }
        Optional<String> wrong = status == OK ? check.verdict() : Optional.of("status " + status + ": " + excerpt());
        if (wrong.isPresent()) {
            fail(wrong.get());
        } else {
            busy = false;
            lane.completed(dueNanos);
        }
        lane.free(this, keepAlive);
    }

    private void fail(String why) {
        if (busy) {
            busy = false;
            lane.failed(dueNanos, why);
        }
    }

    private String excerpt() {
        return errorText
                .substring(0, Math.min(errorText.length(), MOST_ERROR_CHARACTERS))
                .replaceAll("\\s+", " ");
    }

    private ChannelHandlerContext open() {
        if (context == null) {
            throw new IllegalStateException("Not connected yet");
        }
        return context;
    }
}
