package ai.exaone.gateway.warmup;

import ai.exaone.gateway.relay.client.BodyMemory;
import ai.exaone.gateway.relay.client.CallerPipeline;
import ai.exaone.gateway.relay.client.ExchangeHandler;
import ai.exaone.gateway.relay.client.Reception;
import ai.exaone.gateway.relay.client.RequestBounds;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer.ChannelRole;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Where the warm way's callers connect: a port of loopback with event loops of its own, and the handlers of the public port. */
final class WarmDoor implements AutoCloseable {
    private static final long LONGEST_END_MILLIS = 500;

    private final EventLoopGroup loops;
    private final Channel socket;

    WarmDoor(ExchangeHandler handler, int longestBody, Duration requestTimeout) {
        var threads = new DefaultThreadFactory("warm-up-loop", true);
        this.loops = new MultiThreadIoEventLoopGroup(
                1, threads, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        RequestBounds bounds = new RequestBounds(longestBody, requestTimeout, new BodyMemory(longestBody));
        CallerPipeline pipeline =
                new CallerPipeline(() -> handler, () -> bounds, HttpDecoderConfig::new, new Reception());
        this.socket = new ServerBootstrap()
                .group(loops)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection
                                .pipeline()
                                .addLast(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC, new HttpServerCodec());
                        pipeline.specializeForChannel(connection, ChannelRole.CONNECTION)
                                .onStreamPipelineBuilt();
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.localAddress();
    }

    @Override
    public void close() {
        socket.close();
        loops.shutdownGracefully(0, LONGEST_END_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(LONGEST_END_MILLIS);
    }
}
