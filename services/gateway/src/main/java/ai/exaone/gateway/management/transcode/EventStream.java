package ai.exaone.gateway.management.transcode;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.edge.Problem;
import ai.exaone.rpc.RpcErrors;
import com.google.protobuf.DynamicMessage;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * A server stream on its way to one HTTP client as server-sent events. Asks the service for the next message only when the client
 * has room for it, and cancels the call when the client leaves. One subscriber; thread-safe.
 */
public final class EventStream {
    private final ClientCall<DynamicMessage, DynamicMessage> call;
    private final Function<DynamicMessage, String> printer;
    private final Function<PlatformException, Problem> problems;
    private final CompletableFuture<Optional<PlatformException>> opening = new CompletableFuture<>();
    private final Sinks.Many<byte[]> events = Sinks.many().unicast().onBackpressureBuffer();
    private @Nullable ScheduledFuture<?> comments;
    private long room;
    private boolean asked;
    private boolean ended;

    /**
     * @param call not yet started
     * @param printer a message as JSON
     * @param problems a failure in the form in which this request's caller is told
     */
    EventStream(
            ClientCall<DynamicMessage, DynamicMessage> call,
            Function<DynamicMessage, String> printer,
            Function<PlatformException, Problem> problems) {
        this.call = call;
        this.printer = printer;
        this.problems = problems;
    }

    /** Starts the call, and comments on the stream whenever {@code interval} has passed. */
    void start(DynamicMessage request, ScheduledExecutorService timer, Duration interval) {
        call.start(new Incoming(), new Metadata());
        call.sendMessage(request);
        call.halfClose();
        synchronized (this) {
            ask();
            if (!ended) {
                comments = timer.scheduleAtFixedRate(
                        this::comment, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /**
     * Waits until the stream is known to be good: at its first message, or when nothing was heard for a while.
     *
     * @throws PlatformException when the service refused the call
     */
    void awaitOpening(Duration longest) {
        try {
            Optional<PlatformException> refusal = opening.get(longest.toNanos(), TimeUnit.NANOSECONDS);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
        } catch (TimeoutException silent) {
            // A stream may have nothing to say yet. What it refuses later is told as its last event.
            opening.complete(Optional.empty());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            leave();
            throw PlatformException.internal(stop);
        } catch (ExecutionException impossible) {
            throw PlatformException.internal(impossible);
        }
    }

    /** The events' bytes, each with its blank line. */
    public Publisher<byte[]> events() {
        return Flux.from(events.asFlux()).doOnRequest(this::makeRoom).doOnCancel(this::leave);
    }

    private synchronized void makeRoom(long more) {
        room = room + more < 0 ? Long.MAX_VALUE : room + more;
        ask();
    }

    /** One message at a time, and none before there is room for it. */
    private void ask() {
        boolean first = !opening.isDone();
        if (!asked && !ended && (room > 0 || first)) {
            asked = true;
            call.request(1);
        }
    }

    private synchronized void message(DynamicMessage message) {
        asked = false;
        send(EventText.of(message, printer.apply(message)));
        opening.complete(Optional.empty());
        ask();
    }

    private synchronized void comment() {
        if (room > 0) {
            send(EventText.comment());
        }
    }

    private void send(byte[] event) {
        if (!ended) {
            room = Math.max(0, room - 1);
            events.tryEmitNext(event).orThrow();
        }
    }

    private synchronized void close(Status status, Metadata trailers) {
        if (!status.isOk()) {
            PlatformException failure = RpcErrors.received(status.asRuntimeException(trailers));
            if (!opening.complete(Optional.of(failure))) {
                send(EventText.of(problems.apply(failure)));
            }
        }
        opening.complete(Optional.empty());
        end();
    }

    /** The client has left. */
    private synchronized void leave() {
        if (!ended) {
            end();
            call.cancel("The client left.", null);
        }
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        if (comments != null) {
            comments.cancel(false);
        }
        events.tryEmitComplete();
    }

    private final class Incoming extends ClientCall.Listener<DynamicMessage> {
        @Override
        public void onMessage(DynamicMessage message) {
            message(message);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            close(status, trailers);
        }
    }
}
