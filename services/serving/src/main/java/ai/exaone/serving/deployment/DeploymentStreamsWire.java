package ai.exaone.serving.deployment;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.serving.v1.WatchDeploymentsResponse;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.RpcErrors;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open streams of people who watch deployments. Thread-safe. */
public final class DeploymentStreamsWire {
    /** Another process's changes are seen so soon. */
    private static final Duration ROUND = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentStreamsWire.class);

    private final DeploymentWire views;
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();

    public DeploymentStreamsWire(DeploymentWire views) {
        this.views = views;
    }

    /** Says that there is a new change. */
    public void changed() {
        streams.forEach(Stream::wake);
    }

    /** Sends all changes after a revision, and then each as it comes, until the client or the service leaves. Returns at once. */
    void follow(long afterRevision, ServerCallStreamObserver<WatchDeploymentsResponse> responses) {
        Stream stream = new Stream(responses);
        responses.setOnCancelHandler(stream::end);
        streams.add(stream);
        Thread.ofVirtual().name("watch-deployments").start(Context.current().wrap(() -> {
            try {
                stream.run(afterRevision);
            } finally {
                streams.remove(stream);
            }
        }));
    }

    /** Completes all streams: their clients come back. */
    public void endAll() {
        streams.forEach(Stream::end);
    }

    private final class Stream {
        private final ServerCallStreamObserver<WatchDeploymentsResponse> responses;
        private final Semaphore news = new Semaphore(0);
        private volatile boolean ended;

        Stream(ServerCallStreamObserver<WatchDeploymentsResponse> responses) {
            this.responses = responses;
        }

        void wake() {
            news.release();
        }

        void end() {
            ended = true;
            wake();
        }

        void run(long afterRevision) {
            try {
                long position = send(afterRevision == 0 ? views.all() : views.after(afterRevision));
                while (!ended && !responses.isCancelled()) {
                    DeploymentWire.Batch batch = views.after(position);
                    if (batch.events().isEmpty()) {
                        news.tryAcquire(ROUND.toMillis(), TimeUnit.MILLISECONDS);
                        news.drainPermits();
                    }
                    position = send(batch);
                }
                if (!responses.isCancelled()) {
                    responses.onCompleted();
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException failure) {
                end(failure);
            }
        }

        private void end(RuntimeException failure) {
            PlatformException named =
                    failure instanceof PlatformException known ? known : PlatformException.internal(failure);
            LOG.warn("A watch of deployments broke off", failure);
            if (!responses.isCancelled()) {
                responses.onError(RpcErrors.sent(named, CallContext.current().requestId()));
            }
        }

        private long send(DeploymentWire.Batch batch) {
            for (WatchDeploymentsResponse event : batch.events()) {
                if (!responses.isCancelled()) {
                    responses.onNext(event);
                }
            }
            return batch.position();
        }
    }
}
