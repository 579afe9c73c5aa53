package ai.exaone.gateway.relay.client;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.relay.RelayError;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The body of one request: waits until somebody wants it, and is then collected, or discarded. */
final class RequestBody {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ChannelHandlerContext codec;
    private final ExchangeHead head;
    private final RequestBounds bounds;
    private final Runnable whenWhole;
    private final long announced;
    private final Deque<HttpContent> early = new ArrayDeque<>(0);
    private @Nullable BodyCollector collector;
    private @Nullable BodyReceiver receiver;
    private @Nullable BodyPipe pipe;
    private @Nullable Future<?> timer;
    private boolean discarding;
    private boolean whole;
    private boolean broken;
    private long length;

    /**
     * @param codec of the server: what is written there goes past it
     * @param whenWhole run when the last of it was received, whatever became of it
     */
    RequestBody(ChannelHandlerContext codec, ExchangeHead head, RequestBounds bounds, Runnable whenWhole) {
        this.codec = codec;
        this.head = head;
        this.bounds = bounds;
        this.whenWhole = whenWhole;
        this.announced = head.bodyLength();
        // Nothing follows what cannot be read.
        this.whole = head.isMalformed();
    }

    boolean isWhole() {
        return whole;
    }

    /** Whether it ended where it could not be read any more: then nothing after it can be read either. */
    boolean isBroken() {
        return broken;
    }

    /** Bytes that are still to come; as many as there can be where that is not known, or nobody knows whether they come at all. */
    long left() {
        return announced < 0 || head.awaitsContinue() ? Long.MAX_VALUE : announced - length;
    }

    boolean wantsMore() {
        return whole || discarding || collector != null || (pipe != null && pipe.wantsMore());
    }

    /**
     * Collects it.
     *
     * @param arriving whether more of it may be there already: then {@link #paused} says when it is not
     */
    void read(BodyReceiver newReceiver, boolean arriving) {
        BodyCollector collecting =
                new BodyCollector(bounds.longestBody(), bounds.memory().share());
        collector = collecting;
        receiver = newReceiver;
        try {
            collecting.expect(announced);
        } catch (PlatformException refused) {
            refuse(refused);
            return;
        }
        while (!early.isEmpty()) {
            take(early.remove());
        }
        if (!whole && receiver != null) {
            goOn();
            if (!arriving) {
                paused();
            }
        }
    }

    /** All that has come so far was received: from now on the rest is waited for. */
    void paused() {
        if (receiver != null && timer == null) {
            timer = codec.executor().schedule(this::tooSlow, bounds.timeout().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Gives it to a thread that reads it as it comes in. The bound of time is one for each piece then, and not for the whole. */
    void read(BodyPipe newPipe) {
        pipe = newPipe;
        while (!early.isEmpty()) {
            take(early.remove());
        }
        if (!whole) {
            goOn();
        }
    }

    /** Lets the caller send the body, where it waits to be told. */
    private void goOn() {
        if (head.awaitsContinue()) {
            codec.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE), codec.voidPromise());
        }
    }

    void received(HttpContent content) {
        // What has been read while a pipe was full goes into it all the same: it is little, and has its order.
        if (wantsMore() || pipe != null) {
            take(content);
        } else {
            early.add(content);
        }
    }

    /** Takes the rest and forgets it. */
    void discard() {
        discarding = true;
        while (!early.isEmpty()) {
            take(early.remove());
        }
    }

    /** The caller is gone: nothing of it is wanted any more. */
    void drop() {
        early.forEach(HttpContent::release);
        early.clear();
        stop();
        receiver = null;
        if (pipe != null && !whole) {
            pipe.fail(new PlatformException(PlatformError.CANCELLED, "The caller left before the request was whole."));
        }
    }

    private void take(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        try {
            if (content.decoderResult().isFailure()) {
                broken = true;
                whole = true;
                refuse(new PlatformException(RelayError.MALFORMED_REQUEST, "The body of the request is malformed."));
                whenWhole.run();
                return;
            }
            length += content.content().readableBytes();
            if (collector != null) {
                collector.add(content.content(), announced);
            } else if (pipe != null && !discarding) {
                pipe.add(content.content());
            }
        } catch (PlatformException refused) {
            refuse(refused);
        } finally {
            content.release();
        }
        if (last) {
            whole = true;
            complete();
        }
    }

    private void complete() {
        BodyReceiver told = receiver;
        BodyCollector collected = collector;
        receiver = null;
        collector = null;
        stopTimer();
        if (told != null && collected != null) {
            told.received(collected.whole(), collected.share());
        }
        if (pipe != null) {
            pipe.end();
        }
        whenWhole.run();
    }

    private void tooSlow() {
        refuse(new PlatformException(RelayError.REQUEST_TOO_SLOW, "The request did not arrive in time."));
    }

    private void refuse(PlatformException refusal) {
        BodyReceiver told = receiver;
        receiver = null;
        stop();
        discarding = true;
        if (told != null) {
            told.refused(refusal);
        }
        if (pipe != null) {
            pipe.fail(refusal);
        }
    }

    private void stop() {
        if (collector != null) {
            collector.share().close();
            collector = null;
        }
        stopTimer();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
