package ai.exaone.bench.upstream;

import ai.exaone.bench.transport.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * An OpenAI-shaped engine on a loopback port whose answers are {@linkplain Script scripted}. Beside {@code /v1} it has:
 *
 * <ul>
 *   <li>{@code GET /stats}: counts, as one JSON object; {@code POST /reset} sets them to zero
 *   <li>{@code PUT /script}: words for every answer from now on; the model's name, the header {@code x-script} and the body's
 *       member {@code script} say more, each stronger than the one before
 * </ul>
 */
public final class ScriptedUpstream implements AutoCloseable {
    private static final int MOST_CONNECTIONS_WAITING = 4_096;
    private static final int LARGEST_HEAD_BYTES = 64 * 1024;
    private static final int LARGEST_BODY_BYTES = 128 * 1024 * 1024;
    private static final int READ_PIECE_BYTES = 256 * 1024;

    private final EventLoopGroup loops;
    private final Channel listener;

    private ScriptedUpstream(EventLoopGroup loops, Channel listener) {
        this.loops = loops;
        this.listener = listener;
    }

    /**
     * Starts one.
     *
     * @param port 0 for any that is free
     * @param threads that serve its connections
     * @param key that callers must present as a bearer; empty for none
     * @param models that it lists; it answers for any
     */
    public static ScriptedUpstream start(int port, int threads, Optional<String> key, List<String> models) {
        UpstreamSetup setup = new UpstreamSetup(key, models);
        EventLoopGroup loops = Transport.loops(threads);
        var listening = new ServerBootstrap()
                .group(loops)
                .channel(Transport.serverSocket())
                .option(ChannelOption.SO_BACKLOG, MOST_CONNECTIONS_WAITING)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        serve(channel, setup);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        if (!listening.isSuccess()) {
            loops.shutdownGracefully();
            throw new UncheckedIOException(new IOException("Cannot listen on port " + port, listening.cause()));
        }
        return new ScriptedUpstream(loops, listening.channel());
    }

    private static void serve(SocketChannel channel, UpstreamSetup setup) {
        channel.pipeline()
                .addLast(new HttpRequestDecoder(new HttpDecoderConfig()
                        .setMaxHeaderSize(LARGEST_HEAD_BYTES)
                        .setMaxChunkSize(READ_PIECE_BYTES)))
                // For what the aggregator itself says: go on, or too large.
                .addLast(new HttpResponseEncoder())
                .addLast(new HttpObjectAggregator(LARGEST_BODY_BYTES))
                .addLast(new UpstreamHandler(setup));
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Returns when somebody closes it. */
    public void awaitClose() throws InterruptedException {
        listener.closeFuture().sync();
    }

    @Override
    public void close() {
        if (loops.isShuttingDown()) {
            return;
        }
        listener.close().syncUninterruptibly();
        loops.shutdownGracefully().syncUninterruptibly();
    }
}
