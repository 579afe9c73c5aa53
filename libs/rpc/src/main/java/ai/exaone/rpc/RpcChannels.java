package ai.exaone.rpc;

import ai.exaone.rpc.interceptor.CallerInterceptor;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Channels from one service to the others, one each, opened at first use. Unary calls that set no deadline get ten seconds.
 * Thread-safe.
 */
public final class RpcChannels implements AutoCloseable {
    private static final Duration UNARY_DEADLINE = Duration.ofSeconds(10);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final ServiceName own;
    private final RpcConfig config;
    private final Map<ServiceName, ManagedChannel> open = new EnumMap<>(ServiceName.class);
    private final Reconnection reconnection = new Reconnection();

    public RpcChannels(ServiceName own, RpcConfig config) {
        this.own = own;
        this.config = config;
    }

    /** A channel to a service, which need not be up yet. Its calls carry this service's name and the request being served. */
    public Channel to(ServiceName service) {
        return ClientInterceptors.intercept(channel(service), new CallerInterceptor(own, UNARY_DEADLINE));
    }

    /** A channel whose calls are made for the caller that an internal token names. */
    public static Channel asCaller(Channel channel, String token) {
        Metadata headers = new Metadata();
        headers.put(RpcHeaders.AUTHORIZATION, "Bearer " + token);
        ClientInterceptor attach = MetadataUtils.newAttachHeadersInterceptor(headers);
        return ClientInterceptors.intercept(channel, attach);
    }

    private synchronized ManagedChannel channel(ServiceName service) {
        return open.computeIfAbsent(service, this::open);
    }

    private ManagedChannel open(ServiceName service) {
        ManagedChannel channel = connection(service);
        reconnection.include(channel);
        return channel;
    }

    private ManagedChannel connection(ServiceName service) {
        return switch (config.transportKind()) {
            case IN_PROCESS ->
                InProcessChannelBuilder.forName(config.inProcessName(service)).build();
            case MUTUAL_TLS -> overTls(service);
        };
    }

    private ManagedChannel overTls(ServiceName service) {
        try {
            Certificates certificates = new Certificates(Path.of(config.requireCertificatesDir()), own);
            ManagedChannelBuilder<?> builder = Grpc.newChannelBuilder(config.peer(service), certificates.channel());
            return builder.overrideAuthority(service.wireName())
                    .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
                    .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The certificates of " + own.wireName() + " cannot be read", unreadable);
        }
    }

    @Override
    public synchronized void close() {
        reconnection.close();
        open.values().forEach(ManagedChannel::shutdown);
        for (ManagedChannel channel : open.values()) {
            try {
                if (!channel.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                    channel.shutdownNow();
                }
            } catch (InterruptedException stop) {
                channel.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
        open.clear();
    }
}
