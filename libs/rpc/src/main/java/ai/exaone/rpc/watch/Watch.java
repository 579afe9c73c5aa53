package ai.exaone.rpc.watch;

import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.proto.watch.internal.v1.Heartbeat;
import ai.exaone.proto.watch.internal.v1.OpenWatch;
import ai.exaone.proto.watch.internal.v1.Snapshot;
import ai.exaone.proto.watch.internal.v1.WatchResponse;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open watch: sends the state or the changes after a revision, then every change as it comes, then heartbeats. Its one thread
 * is the only one that sends.
 */
final class Watch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final int BATCH = 500;

    private final WatchSource source;
    private final String watcherId;
    private final ServerCallStreamObserver<WatchResponse> responses;
    private final WatchServer server;
    private final Semaphore news = new Semaphore(0);
    private long position;
    private boolean needsState;
    private long lastSent = System.nanoTime();
    private volatile boolean blocked;
    private volatile long acknowledged;
    private volatile boolean ended;

    Watch(WatchSource source, OpenWatch open, ServerCallStreamObserver<WatchResponse> responses, WatchServer server) {
        this.source = source;
        this.watcherId = open.getWatcherId();
        this.position = open.getAfterRevision();
        this.acknowledged = open.getAfterRevision();
        this.needsState = open.getAfterRevision() == 0;
        this.responses = responses;
        this.server = server;
    }

    boolean follows(String log) {
        return source.log().equals(log);
    }

    String watcherId() {
        return watcherId;
    }

    long acknowledged() {
        return acknowledged;
    }

    void acknowledge(long revision) {
        acknowledged = revision;
    }

    void wake() {
        news.release();
    }

    /** The stream takes messages again. It says so after every message too, which is no news. */
    void ready() {
        if (blocked) {
            blocked = false;
            wake();
        }
    }

    void end() {
        ended = true;
        wake();
    }

    @Override
    public void run() {
        // The log is read for nobody in particular, and for longer than any call's deadline.
        Context.ROOT.run(this::serve);
    }

    private void serve() {
        try {
            while (!ended && !responses.isCancelled()) {
                blocked = !responses.isReady();
                // Looked at again: it may have become ready before the flag was there to be seen.
                if (!blocked || responses.isReady()) {
                    sendNews();
                    sendHeartbeatIfDue();
                }
                long pause = blocked ? WatchServer.HEARTBEAT.toNanos() : untilHeartbeat();
                news.tryAcquire(pause, TimeUnit.NANOSECONDS);
                news.drainPermits();
            }
            if (!responses.isCancelled()) {
                responses.onCompleted();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.warn("The watch of {} by {} broke off", source.log(), watcherId, failure);
            if (!responses.isCancelled()) {
                responses.onError(Status.UNAVAILABLE
                        .withDescription("The log cannot be read just now.")
                        .asRuntimeException());
            }
        } finally {
            server.end(this);
        }
    }

    private void sendNews() {
        if (needsState) {
            sendState();
        }
        while (!ended) {
            Optional<List<Change>> changes = source.changes(position, BATCH);
            if (changes.isEmpty()) {
                sendState();
            } else if (changes.get().isEmpty()) {
                return;
            } else {
                for (Change change : changes.get()) {
                    send(WatchResponse.newBuilder().setChange(change));
                    position = change.getRevision();
                }
            }
        }
    }

    private void sendHeartbeatIfDue() {
        if (untilHeartbeat() <= 0) {
            List<String> watchers = server.watcherIds(source.log());
            send(WatchResponse.newBuilder()
                    .setHeartbeat(Heartbeat.newBuilder()
                            .setRevision(position)
                            .setWatchers(watchers.size())
                            .setPosition(Math.max(0, watchers.indexOf(watcherId)))));
        }
    }

    private long untilHeartbeat() {
        return WatchServer.HEARTBEAT.toNanos() - (System.nanoTime() - lastSent);
    }

    private void sendState() {
        WatchSource.State state = source.state();
        List<Entry> entries = state.entries();
        int from = 0;
        do {
            int to = Math.min(from + BATCH, entries.size());
            send(WatchResponse.newBuilder()
                    .setSnapshot(Snapshot.newBuilder()
                            .setRevision(state.revision())
                            .addAllEntries(entries.subList(from, to))
                            .setLast(to == entries.size())));
            from = to;
        } while (from < entries.size());
        position = state.revision();
        needsState = false;
    }

    private void send(WatchResponse.Builder response) {
        if (!responses.isCancelled()) {
            responses.onNext(response.build());
            lastSent = System.nanoTime();
        }
    }
}
