package ai.exaone.gateway.inference;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * An answer over HTTP. A stream is a publisher whose writer waits for the server's demand, so that a slow caller slows the engine
 * and nothing piles up in between.
 */
final class HttpAnswer implements Answer, Publisher<byte[]>, Subscription {
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final int MOST_DEMAND = 1 << 20;

    private final CompletableFuture<HttpResponse<?>> response = new CompletableFuture<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Runnable breakConnection;
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private final Semaphore demand = new Semaphore(0);
    private volatile Runnable onGone = () -> {};
    private volatile boolean interrupted;
    private volatile boolean gone;
    private volatile @Nullable Subscriber<? super byte[]> subscriber;

    /**
     * @param breakConnection closes the caller's connection
     */
    HttpAnswer(Runnable breakConnection) {
        this.breakConnection = breakConnection;
    }

    /** The response as the server is to send it. */
    CompletableFuture<HttpResponse<?>> response() {
        return response;
    }

    /** Sets what happens when the caller leaves within a stream. */
    void onGone(Runnable action) {
        onGone = action;
    }

    @Override
    public void header(String name, String value) {
        headers.put(name, value);
    }

    @Override
    public void whole(int status, String mediaType, byte[] body) {
        String reason = HttpStatus.getDefaultReason(status);
        complete(HttpResponse.<byte[]>status(status, reason).body(body), mediaType);
    }

    @Override
    public void begin(String mediaType) {
        MutableHttpResponse<Publisher<byte[]>> streaming =
                HttpResponse.<Publisher<byte[]>>ok().body(this);
        // A proxy in front of us is not to collect the stream.
        streaming.header("cache-control", "no-cache").header("x-accel-buffering", "no");
        complete(streaming, mediaType);
    }

    @Override
    public boolean begun() {
        return response.isDone();
    }

    @Override
    public void write(byte[] bytes) throws CallerGoneException {
        try {
            subscribed.await();
            demand.acquire();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CallerGoneException();
        }
        Subscriber<? super byte[]> to = subscriber;
        if (interrupted || gone || to == null) {
            throw new CallerGoneException();
        }
        to.onNext(bytes);
    }

    @Override
    public void end() {
        Subscriber<? super byte[]> to = subscriber;
        if (to != null) {
            to.onComplete();
        }
    }

    @Override
    public void endWith(byte[] lastEvent) {
        try {
            boolean open = !gone && subscribed.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
            // The permit of the interruption is not demand.
            boolean wanted =
                    open && demand.tryAcquire(interrupted ? 2 : 1, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
            Subscriber<? super byte[]> to = subscriber;
            if (wanted && !gone && to != null) {
                to.onNext(lastEvent);
                to.onComplete();
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        breakConnection.run();
    }

    @Override
    public void interrupt() {
        interrupted = true;
        subscribed.countDown();
        demand.release();
    }

    @Override
    public void subscribe(Subscriber<? super byte[]> newSubscriber) {
        subscriber = newSubscriber;
        newSubscriber.onSubscribe(this);
        subscribed.countDown();
    }

    @Override
    public void request(long count) {
        demand.release((int) Math.min(count, MOST_DEMAND));
    }

    @Override
    public void cancel() {
        gone = true;
        demand.release();
        onGone.run();
    }

    private void complete(MutableHttpResponse<?> sent, String mediaType) {
        headers.forEach(sent::header);
        sent.header("content-type", mediaType);
        response.complete(sent);
    }
}
