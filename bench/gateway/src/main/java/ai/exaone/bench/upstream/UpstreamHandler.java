package ai.exaone.bench.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection: its requests in turn, each answered before the next. Answers are written past the codec, byte by byte ours. */
final class UpstreamHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String SCRIPT_HEADER = "x-script";

    private final UpstreamSetup setup;
    private final Deque<FullHttpRequest> waiting = new ArrayDeque<>();
    private @Nullable Exchange exchange;
    private boolean busy;

    UpstreamHandler(UpstreamSetup setup) {
        this.setup = setup;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        setup.counters().connected();
        super.channelActive(context);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (busy) {
            waiting.add(request.retain());
        } else {
            serve(context, request);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        if (exchange != null && context.channel().isWritable()) {
            exchange.hasRoom();
        }
        super.channelWritabilityChanged(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (exchange != null) {
            exchange.gone();
            exchange = null;
        }
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A broken connection: what was under way is counted when it has gone.
        context.close();
    }

    private void serve(ChannelHandlerContext context, FullHttpRequest request) {
        busy = true;
        if (!request.decoderResult().isSuccess()) {
            setup.counters().refused();
            send(context, Answers.error(400, "Not HTTP"), false);
            return;
        }
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        String path = new QueryStringDecoder(request.uri()).path();
        if (path.startsWith("/v1/") && !hasKey(request)) {
            setup.counters().refused();
            send(context, Answers.error(401, "Not the key of this upstream"), keepAlive);
            return;
        }
        switch (request.method().name() + " " + path) {
            case "GET /health" -> send(context, Answers.json(200, "", "{\"status\":\"ok\"}"), keepAlive);
            case "GET /stats" ->
                send(context, Answers.json(200, "", setup.counters().json()), keepAlive);
            case "POST /reset" -> {
                setup.counters().forget();
                send(context, Answers.json(200, "", "{}"), keepAlive);
            }
            case "PUT /script" -> setDefault(context, request, keepAlive);
            case "GET /v1/models" -> send(context, Answers.models(setup.models()), keepAlive);
            case "POST /v1/chat/completions" -> exchange(context, request, false, keepAlive);
            case "POST /v1/embeddings" -> exchange(context, request, true, keepAlive);
            default -> {
                boolean head = request.method().equals(HttpMethod.HEAD);
                send(context, head ? Answers.json(404, "", "") : Answers.error(404, "No such path"), keepAlive);
            }
        }
    }

    private boolean hasKey(FullHttpRequest request) {
        return setup.key().isEmpty()
                || setup.key().get().equals(request.headers().get(HttpHeaderNames.AUTHORIZATION));
    }

    private void setDefault(ChannelHandlerContext context, FullHttpRequest request, boolean keepAlive) {
        String words = request.content().toString(StandardCharsets.US_ASCII).strip();
        try {
            setup.setDefault(words.isEmpty() ? Script.PLAIN : Script.PLAIN.with(words));
            send(context, Answers.json(200, "", "{}"), keepAlive);
        } catch (IllegalArgumentException wrong) {
            send(context, Answers.error(400, "Not a script"), keepAlive);
        }
    }

    private void exchange(
            ChannelHandlerContext context, FullHttpRequest request, boolean embeddings, boolean keepAlive) {
        Asked asked;
        Script script;
        try {
            asked = Asked.read(request.content());
            script = script(request, asked);
        } catch (IOException | IllegalArgumentException wrong) {
            setup.counters().refused();
            send(context, Answers.error(400, "The body or its script cannot be understood"), keepAlive);
            return;
        }
        setup.counters().began(asked.model(), request.content().readableBytes());
        exchange = new Exchange(wire(context), asked, embeddings, script, setup.counters(), () -> {
            exchange = null;
            next(context, keepAlive);
        });
        exchange.begin();
    }

    /** The later, the stronger: the upstream's default, the model's name, the header, the body. */
    private Script script(FullHttpRequest request, Asked asked) {
        Script script = setup.byDefault().withModel(asked.model());
        Optional<String> header = Optional.ofNullable(request.headers().get(SCRIPT_HEADER));
        if (header.isPresent()) {
            script = script.with(header.get());
        }
        return asked.script().isPresent() ? script.with(asked.script().get()) : script;
    }

    private void send(ChannelHandlerContext context, ByteBuf answer, boolean keepAlive) {
        wire(context).writeAndFlush(answer);
        next(context, keepAlive);
    }

    private void next(ChannelHandlerContext context, boolean keepAlive) {
        if (!keepAlive) {
            wire(context).writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        FullHttpRequest following = waiting.poll();
        if (following == null) {
            busy = false;
            return;
        }
        // Not from within this one: a long row of requests would grow the stack.
        context.executor().execute(() -> {
            try {
                serve(context, following);
            } finally {
                following.release();
            }
        });
    }

    /** Before the codec: what is written here goes out as it is. */
    private static ChannelHandlerContext wire(ChannelHandlerContext context) {
        return context.pipeline().firstContext();
    }
}
