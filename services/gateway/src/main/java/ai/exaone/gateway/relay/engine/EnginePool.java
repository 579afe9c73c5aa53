package ai.exaone.gateway.relay.engine;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/** One event loop's connections to one engine: those that wait for the next request, newest first, and the making of new ones. */
final class EnginePool {
    private static final long UNUSED_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int MOST_WAITING = 1024;

    private final EngineAddress address;
    private final EventLoop loop;
    private final ArrayDeque<EngineConnection> waiting = new ArrayDeque<>();
    private long usedNanos = System.nanoTime();

    EnginePool(EngineAddress address, EventLoop loop) {
        this.address = address;
        this.loop = loop;
    }

    EngineAddress address() {
        return address;
    }

    EventLoop loop() {
        return loop;
    }

    /** Takes a connection that waits. */
    Optional<EngineConnection> take() {
        usedNanos = System.nanoTime();
        EngineConnection newest = waiting.pollLast();
        while (newest != null && !newest.isOpen()) {
            newest = waiting.pollLast();
        }
        return Optional.ofNullable(newest);
    }

    /** Gives back a connection in good order. */
    void give(EngineConnection connection) {
        if (waiting.size() >= MOST_WAITING) {
            connection.close();
        } else {
            connection.waitsSince(System.nanoTime());
            waiting.addLast(connection);
        }
    }

    /** A connection that waited was closed by its engine. */
    void lost(EngineConnection connection) {
        waiting.remove(connection);
    }

    void closeUnused() {
        long now = System.nanoTime();
        for (Iterator<EngineConnection> oldest = waiting.iterator(); oldest.hasNext(); ) {
            EngineConnection connection = oldest.next();
            if (now - connection.waitingSince() < UNUSED_NANOS) {
                return;
            }
            oldest.remove();
            connection.close();
        }
    }

    boolean isUnused() {
        return waiting.isEmpty() && System.nanoTime() - usedNanos > UNUSED_NANOS;
    }

    /**
     * Makes a new connection.
     *
     * @param connected told of it, or why there is none, on the loop
     */
    void connect(Duration timeout, Consumer<EngineConnection> connected, Consumer<Throwable> failed) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(address.host());
        if (literal != null) {
            try {
                connect(InetAddress.getByAddress(literal), timeout, connected, failed);
            } catch (UnknownHostException impossible) {
                failed.accept(impossible);
            }
            return;
        }
        // Looking a name up may block.
        Thread.ofVirtual().name("resolve-" + address.host()).start(() -> {
            try {
                InetAddress resolved = InetAddress.getByName(address.host());
                loop.execute(() -> connect(resolved, timeout, connected, failed));
            } catch (UnknownHostException unknown) {
                loop.execute(() -> failed.accept(unknown));
            }
        });
    }

    private void connect(
            InetAddress host, Duration timeout, Consumer<EngineConnection> connected, Consumer<Throwable> failed) {
        EngineConnection connection = new EngineConnection(this);
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(channelType())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) throws SSLException {
                        assemble(channel, connection);
                    }
                })
                .connect(new InetSocketAddress(host, address.port()));
        connecting.addListener((ChannelFuture done) -> {
            if (done.isSuccess()) {
                connected.accept(connection);
            } else {
                failed.accept(done.cause());
            }
        });
    }

    private void assemble(SocketChannel channel, EngineConnection connection) throws SSLException {
        if (address.tls()) {
            channel.pipeline().addLast(Trust.CONTEXT.newHandler(channel.alloc(), address.host(), address.port()));
        }
        EngineDecoder decoder = new EngineDecoder();
        connection.readsWith(decoder);
        channel.pipeline().addLast(decoder, connection);
    }

    private Class<? extends Channel> channelType() {
        boolean epoll = loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class);
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** Whom we trust over TLS: what the JVM trusts, by the name that was asked for. Made when first used. */
    private static final class Trust {
        private static final SslContext CONTEXT = context();

        private static SslContext context() {
            try {
                return SslContextBuilder.forClient()
                        .endpointIdentificationAlgorithm("HTTPS")
                        .build();
            } catch (SSLException unusable) {
                throw new IllegalStateException("TLS to engines cannot be set up", unusable);
            }
        }
    }
}
