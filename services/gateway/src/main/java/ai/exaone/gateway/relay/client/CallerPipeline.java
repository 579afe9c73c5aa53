package ai.exaone.gateway.relay.client;

import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts our codec into each HTTP/1.1 connection of the server, in the place of its own, and our handler right behind it. */
public final class CallerPipeline implements NettyServerCustomizer {
    private static final String NAME = "exchanges";

    private final Supplier<? extends ExchangeHandler> handler;
    private final Supplier<RequestBounds> bounds;
    private final Supplier<HttpDecoderConfig> decoding;
    private final Reception reception;
    private final @Nullable Channel channel;

    /**
     * @param handler asked for when the first connection comes, as are the bounds
     * @param decoding how requests are read, made for each connection
     * @param reception told of sockets and exchanges
     */
    public CallerPipeline(
            Supplier<? extends ExchangeHandler> handler,
            Supplier<RequestBounds> bounds,
            Supplier<HttpDecoderConfig> decoding,
            Reception reception) {
        this(handler, bounds, decoding, reception, null);
    }

    private CallerPipeline(
            Supplier<? extends ExchangeHandler> handler,
            Supplier<RequestBounds> bounds,
            Supplier<HttpDecoderConfig> decoding,
            Reception reception,
            @Nullable Channel channel) {
        this.handler = handler;
        this.bounds = bounds;
        this.decoding = decoding;
        this.reception = reception;
        this.channel = channel;
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel connection, ChannelRole role) {
        if (role == ChannelRole.LISTENER) {
            reception.listens(connection);
        }
        return new CallerPipeline(handler, bounds, decoding, reception, connection);
    }

    @Override
    public void onStreamPipelineBuilt() {
        if (channel == null) {
            return;
        }
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC) != null) {
            ExchangeHandler serving = handler.get();
            CallerCodec codec = new CallerCodec(decoding.get(), serving::takes);
            pipeline.replace(
                    ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC,
                    ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC,
                    codec);
            pipeline.addAfter(
                    ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC,
                    NAME,
                    new CallerConnection(codec, serving, bounds.get(), reception));
        }
    }
}
