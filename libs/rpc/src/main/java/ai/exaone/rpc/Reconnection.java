package ai.exaone.rpc;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has channels whose service is away try again every quarter of a second. By itself gRPC waits longer each time, up to two minutes
 * (grpc/doc/connection-backoff.md), and refuses calls meanwhile although the service is back: a pace for the internet, not for
 * services of one site. Thread-safe.
 */
final class Reconnection implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final List<ManagedChannel> channels = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("rpc-reconnection").factory());

    Reconnection() {
        timer.scheduleWithFixedDelay(this::tryAgain, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void include(ManagedChannel channel) {
        channels.add(channel);
    }

    private void tryAgain() {
        for (ManagedChannel channel : channels) {
            if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
                channel.resetConnectBackoff();
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
