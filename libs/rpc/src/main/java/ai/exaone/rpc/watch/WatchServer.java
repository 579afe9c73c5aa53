package ai.exaone.rpc.watch;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.watch.internal.v1.OpenWatch;
import ai.exaone.proto.watch.internal.v1.WatchRequest;
import ai.exaone.proto.watch.internal.v1.WatchResponse;
import ai.exaone.proto.watch.internal.v1.WatchServiceGrpc;
import ai.exaone.rpc.RpcError;
import ai.exaone.rpc.StreamingEndpoint;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Serves the watch protocol for all logs of a service. Thread-safe. */
public final class WatchServer extends WatchServiceGrpc.WatchServiceImplBase implements StreamingEndpoint {
    /** The longest time between two messages on a quiet watch. */
    public static final Duration HEARTBEAT = Duration.ofMillis(250);

    private final Map<String, WatchSource> sources;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition acknowledged = lock.newCondition();

    /**
     * @param sources logs of different names
     */
    public WatchServer(List<WatchSource> sources) {
        this.sources = sources.stream().collect(Collectors.toUnmodifiableMap(WatchSource::log, Function.identity()));
    }

    /** Says that a log has a new change, so that watchers hear of it at once and not at the next heartbeat. */
    public void changed(String log) {
        watches.stream().filter(watch -> watch.follows(log)).forEach(Watch::wake);
    }

    /**
     * Waits until every watcher of a log that is connected here has applied a revision. One whose connection breaks in the
     * meantime has not: it is waited for to come back.
     *
     * @return the ids of those that have not in time; empty when all have
     */
    public List<String> awaitAcknowledged(String log, long revision, Duration timeout) {
        changed(log);
        long remaining = timeout.toNanos();
        lock.lock();
        Set<String> waitedFor = new TreeSet<>(behind(log, revision));
        try {
            while (true) {
                waitedFor.removeIf(watcherId -> hasApplied(log, watcherId, revision));
                if (waitedFor.isEmpty() || remaining <= 0) {
                    return List.copyOf(waitedFor);
                }
                remaining = acknowledged.awaitNanos(remaining);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return List.copyOf(waitedFor);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> responses) {
        return new Requests((ServerCallStreamObserver<WatchResponse>) responses);
    }

    @Override
    public void endStreams() {
        watches.forEach(Watch::end);
    }

    /** The ids of those that follow a log, each once, in order. */
    List<String> watcherIds(String log) {
        return watches.stream()
                .filter(watch -> watch.follows(log))
                .map(Watch::watcherId)
                .distinct()
                .sorted()
                .toList();
    }

    private List<String> behind(String log, long revision) {
        return watches.stream()
                .filter(watch -> watch.follows(log) && watch.acknowledged() < revision)
                .map(Watch::watcherId)
                .toList();
    }

    private boolean hasApplied(String log, String watcherId, long revision) {
        return watches.stream()
                .anyMatch(watch ->
                        watch.follows(log) && watch.watcherId().equals(watcherId) && watch.acknowledged() >= revision);
    }

    private void signalAcknowledged() {
        lock.lock();
        try {
            acknowledged.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void end(Watch watch) {
        watch.end();
        watches.remove(watch);
        signalAcknowledged();
    }

    /** What the watcher sends. */
    private final class Requests implements StreamObserver<WatchRequest> {
        private final ServerCallStreamObserver<WatchResponse> responses;
        private @Nullable Watch watch;

        Requests(ServerCallStreamObserver<WatchResponse> responses) {
            this.responses = responses;
            responses.setOnCancelHandler(this::over);
            responses.setOnReadyHandler(this::ready);
        }

        @Override
        public void onNext(WatchRequest request) {
            switch (request.getMessageCase()) {
                case OPEN -> open(request.getOpen());
                case ACKNOWLEDGE -> acknowledge(request.getAcknowledge().getRevision());
                case MESSAGE_NOT_SET -> throw new IllegalStateException("Validation lets no empty request through");
            }
        }

        @Override
        public void onError(Throwable failure) {
            over();
        }

        @Override
        public void onCompleted() {
            if (watch == null) {
                responses.onCompleted();
            } else {
                over();
            }
        }

        private void open(OpenWatch open) {
            WatchSource source = sources.get(open.getLog());
            if (source == null) {
                throw new PlatformException(RpcError.LOG_NOT_FOUND, "There is no log '" + open.getLog() + "' here.");
            }
            Watch opened = new Watch(source, open, responses, WatchServer.this);
            watch = opened;
            watches.add(opened);
            Thread.ofVirtual()
                    .name("watch-" + open.getLog() + "-" + open.getWatcherId())
                    .start(opened);
        }

        private void acknowledge(long revision) {
            Watch current = watch;
            if (current != null) {
                current.acknowledge(revision);
                signalAcknowledged();
            }
        }

        private void ready() {
            Watch current = watch;
            if (current != null) {
                current.ready();
            }
        }

        private void over() {
            Watch current = watch;
            if (current != null) {
                end(current);
            }
        }
    }
}
