package ai.exaone.rpc.watch;

import ai.exaone.proto.watch.internal.v1.Acknowledge;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.proto.watch.internal.v1.Heartbeat;
import ai.exaone.proto.watch.internal.v1.OpenWatch;
import ai.exaone.proto.watch.internal.v1.Snapshot;
import ai.exaone.proto.watch.internal.v1.WatchRequest;
import ai.exaone.proto.watch.internal.v1.WatchResponse;
import ai.exaone.proto.watch.internal.v1.WatchServiceGrpc;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one log of another service for as long as it is open: connects, resumes after the last revision when the connection
 * breaks, and acknowledges what its listener has applied. Thread-safe.
 */
public final class WatchFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchFollower.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    /** A server that is silent for eight heartbeats is not there any more, whatever its connection says. */
    private static final Duration DEAF = WatchServer.HEARTBEAT.multipliedBy(8);

    private final WatchServiceGrpc.WatchServiceStub server;
    private final String log;
    private final String watcherId;
    private final WatchListener listener;
    private final LongSupplier nanoTime;
    private final Thread thread;
    private final CountDownLatch stated = new CountDownLatch(1);
    private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();
    private volatile long lastHeard;
    private volatile boolean heard;
    private volatile boolean closed;
    private long position;

    private WatchFollower(
            Channel channel, String log, String watcherId, WatchListener listener, LongSupplier nanoTime) {
        this.server = WatchServiceGrpc.newStub(channel);
        this.log = log;
        this.watcherId = watcherId;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.thread = Thread.ofVirtual().name("follow-" + log).unstarted(this::run);
    }

    /**
     * Begins to follow a log.
     *
     * @param channel to the service that owns the log
     * @param watcherId this watcher's stable name, unique among the log's watchers
     * @param nanoTime a monotonic clock, for example {@code System::nanoTime}
     */
    public static WatchFollower follow(
            Channel channel, String log, String watcherId, WatchListener listener, LongSupplier nanoTime) {
        WatchFollower follower = new WatchFollower(channel, log, watcherId, listener, nanoTime);
        follower.thread.start();
        return follower;
    }

    /** How long the owner has not been heard of; an unbounded time before the first message. */
    public Duration silence() {
        return heard ? Duration.ofNanos(nanoTime.getAsLong() - lastHeard) : Duration.ofSeconds(Long.MAX_VALUE);
    }

    /** Waits for the first whole state; false when it did not come in time. */
    public boolean awaitState(Duration timeout) throws InterruptedException {
        return stated.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Connection current = connection.get();
        if (current != null) {
            current.stop();
        }
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        while (!closed) {
            long before = position;
            Connection current = new Connection();
            connection.set(current);
            try {
                Context.ROOT.run(current::open);
                current.awaitEnd();
                pause = current.answered || position != before
                        ? FIRST_PAUSE_MILLIS
                        : Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
                Thread.sleep(pause + ThreadLocalRandom.current().nextLong(pause));
            } catch (InterruptedException stop) {
                current.stop();
                return;
            }
        }
    }

    /** One connection to the owner. */
    private final class Connection implements StreamObserver<WatchResponse> {
        private final CountDownLatch over = new CountDownLatch(1);
        private final Context.CancellableContext scope = Context.ROOT.withCancellation();
        private final List<Entry> parts = new ArrayList<>();
        private volatile @Nullable StreamObserver<WatchRequest> requests;
        private volatile boolean answered;

        void open() {
            scope.run(() -> {
                StreamObserver<WatchRequest> opened = server.watch(this);
                requests = opened;
                opened.onNext(WatchRequest.newBuilder()
                        .setOpen(OpenWatch.newBuilder()
                                .setLog(log)
                                .setWatcherId(watcherId)
                                .setAfterRevision(position))
                        .build());
            });
        }

        void awaitEnd() throws InterruptedException {
            long opened = nanoTime.getAsLong();
            while (!over.await(WatchServer.HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                long since = answered ? lastHeard : opened;
                if (nanoTime.getAsLong() - since > DEAF.toNanos()) {
                    LOG.warn("The log {} is silent: connecting again", log);
                    stop();
                    over.await();
                }
            }
        }

        void stop() {
            scope.cancel(null);
        }

        @Override
        public void onNext(WatchResponse response) {
            try {
                apply(response);
            } catch (RuntimeException failure) {
                LOG.error("What the log {} says cannot be applied", log, failure);
                stop();
                return;
            }
            lastHeard = nanoTime.getAsLong();
            heard = true;
            answered = true;
        }

        @Override
        public void onError(Throwable failure) {
            if (!closed && answered) {
                LOG.info("The log {} broke off: {}", log, failure.getMessage());
            }
            over.countDown();
        }

        @Override
        public void onCompleted() {
            over.countDown();
        }

        private void apply(WatchResponse response) {
            switch (response.getEventCase()) {
                case SNAPSHOT -> applyPart(response.getSnapshot());
                case CHANGE -> {
                    listener.onChange(response.getChange().getEntry());
                    reached(response.getChange().getRevision());
                }
                case HEARTBEAT -> heartbeat(response.getHeartbeat());
                case EVENT_NOT_SET -> throw new IllegalStateException("An event of a kind that is not known here");
            }
        }

        private void heartbeat(Heartbeat heartbeat) {
            if (heartbeat.getWatchers() > 0) {
                listener.onWatchers(heartbeat.getPosition(), heartbeat.getWatchers());
            }
        }

        private void applyPart(Snapshot part) {
            parts.addAll(part.getEntriesList());
            if (part.getLast()) {
                listener.onState(List.copyOf(parts));
                parts.clear();
                reached(part.getRevision());
                stated.countDown();
            }
        }

        private void reached(long revision) {
            position = revision;
            StreamObserver<WatchRequest> current = requests;
            if (current != null) {
                current.onNext(WatchRequest.newBuilder()
                        .setAcknowledge(Acknowledge.newBuilder().setRevision(revision))
                        .build());
            }
        }
    }
}
