package ai.exaone.rpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service's gRPC server. Endpoints run on virtual threads: they may block. */
public final class RpcServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Duration SHORTEST_KEEP_ALIVE = Duration.ofSeconds(5);

    private final Server server;
    private final List<StreamingEndpoint> streaming;

    private RpcServer(Server server, List<StreamingEndpoint> streaming) {
        this.server = server;
        this.streaming = streaming;
    }

    /**
     * Starts a server.
     *
     * @param interceptors in the order in which a call meets them
     * @throws UncheckedIOException when its port is in use or its certificates cannot be read
     */
    public static RpcServer start(
            ServiceName own, RpcConfig config, List<BindableService> endpoints, List<ServerInterceptor> interceptors) {
        try {
            ServerBuilder<?> builder = builder(own, config);
            builder.executor(Executors.newVirtualThreadPerTaskExecutor());
            // gRPC calls the last interceptor first.
            interceptors.reversed().forEach(builder::intercept);
            endpoints.forEach(builder::addService);
            RpcServer started = new RpcServer(builder.build().start(), streaming(endpoints));
            LOG.info(
                    "{} serves {} services on {}", own.wireName(), endpoints.size(), started.server.getListenSockets());
            return started;
        } catch (IOException failure) {
            throw new UncheckedIOException("The gRPC server of " + own.wireName() + " does not start", failure);
        }
    }

    /** The port it listens on; -1 in one process. */
    public int port() {
        return server.getPort();
    }

    private static ServerBuilder<?> builder(ServiceName own, RpcConfig config) throws IOException {
        return switch (config.transportKind()) {
            case IN_PROCESS -> InProcessServerBuilder.forName(config.inProcessName(own));
            case MUTUAL_TLS -> {
                Certificates certificates = new Certificates(Path.of(config.requireCertificatesDir()), own);
                yield NettyServerBuilder.forAddress(
                                new InetSocketAddress(config.bind(), config.port()), certificates.server())
                        .permitKeepAliveTime(SHORTEST_KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS);
            }
        };
    }

    @Override
    public void close() {
        server.shutdown();
        streaming.forEach(StreamingEndpoint::endStreams);
        try {
            if (!server.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException stop) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static List<StreamingEndpoint> streaming(List<BindableService> endpoints) {
        return endpoints.stream()
                .filter(StreamingEndpoint.class::isInstance)
                .map(StreamingEndpoint.class::cast)
                .toList();
    }
}
