package ai.exaone.gateway.warmup;

import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves what stands for other services, within the process and under a name that nobody else knows. */
final class Neighbours implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Server server;
    private final ManagedChannel channel;

    Neighbours(List<BindableService> services) throws IOException {
        String name = "warm-up-" + UUID.randomUUID();
        InProcessServerBuilder builder = InProcessServerBuilder.forName(name).executor(threads);
        services.forEach(builder::addService);
        this.server = builder.build().start();
        this.channel = InProcessChannelBuilder.forName(name).build();
    }

    /** A channel to all of them. */
    Channel channel() {
        return channel;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
        threads.shutdownNow();
    }
}
