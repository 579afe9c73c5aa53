package ai.exaone.rpc;

import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has channels whose service is away try again every quarter of a second, and every second where it has been away for long. By itself
 * gRPC waits longer each time, up to two minutes (grpc/doc/connection-backoff.md), and refuses calls meanwhile although the service is
 * back: a pace for the internet, not for services of one site. Thread-safe.
 */
final class Reconnection implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final List<Watched> channels = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("rpc-reconnection").factory());

    Reconnection() {
        timer.scheduleWithFixedDelay(this::tryAgain, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void include(ManagedChannel channel) {
        channels.add(new Watched(channel));
    }

    private void tryAgain() {
        long now = System.nanoTime();
        channels.forEach(channel -> channel.tryAgain(now));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** For the timer's thread. */
    private static final class Watched {
        private final ManagedChannel channel;
        private final Absence absence = new Absence();

        Watched(ManagedChannel channel) {
            this.channel = channel;
        }

        void tryAgain(long now) {
            switch (channel.getState(false)) {
                case TRANSIENT_FAILURE -> {
                    if (absence.isLookedFor(now)) {
                        channel.resetConnectBackoff();
                    }
                }
                case READY, IDLE, SHUTDOWN -> absence.end();
                // Whether it is back is not known yet.
                case CONNECTING -> {}
            }
        }
    }
}
