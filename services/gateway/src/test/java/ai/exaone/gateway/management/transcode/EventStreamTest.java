package ai.exaone.gateway.management.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.edge.Problem;
import ai.exaone.proto.serving.v1.WatchDeploymentsResponse;
import com.google.protobuf.DynamicMessage;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** How a stream asks for messages and fills silences; its way over HTTP is proved with the door. */
class EventStreamTest {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final DynamicMessage MESSAGE =
            DynamicMessage.getDefaultInstance(WatchDeploymentsResponse.getDescriptor());

    private final ScriptedCall call = new ScriptedCall();
    private final EventStream stream = new EventStream(call, message -> "{}", failure -> Problem.of(failure, "req_1"));
    private final Client client = new Client();
    private ScheduledExecutorService timer;

    @BeforeEach
    void start() {
        timer = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void onlyOneMessageIsAskedForBeforeTheClientIsThere() {
        stream.start(MESSAGE, timer, NEVER);
        call.send();
        assertThat(call.asked).hasValue(1);
        stream.events().subscribe(client);
        client.request(1);
        assertThat(client.events).hasSize(1);
    }

    @Test
    void noMoreIsAskedForThanTheClientHasRoomFor() {
        stream.start(MESSAGE, timer, NEVER);
        stream.events().subscribe(client);
        client.request(2);
        call.send();
        call.send();
        assertThat(client.events).hasSize(2);
        assertThat(call.asked).hasValue(2);
        client.request(1);
        assertThat(call.asked).hasValue(3);
    }

    @Test
    void aSilentStreamSaysThatItIsThere() {
        stream.start(MESSAGE, timer, Duration.ofMillis(20));
        stream.events().subscribe(client);
        client.request(3);
        Awaitility.await().until(() -> client.events.size() == 3);
        assertThat(client.events).allMatch(event -> event.startsWith(":") && event.endsWith("\n\n"));
    }

    @Test
    void aClientWithoutRoomIsNotCommentedTo() {
        stream.start(MESSAGE, timer, Duration.ofMillis(5));
        stream.events().subscribe(client);
        Awaitility.await().during(Duration.ofMillis(100)).until(() -> client.events.isEmpty());
    }

    @Test
    void leavingCancelsTheCallOnce() {
        stream.start(MESSAGE, timer, NEVER);
        stream.events().subscribe(client);
        client.request(1);
        client.cancel();
        assertThat(call.cancelled).isTrue();
    }

    @Test
    void anEndIsTheEnd() {
        stream.start(MESSAGE, timer, NEVER);
        stream.events().subscribe(client);
        client.request(10);
        call.end(Status.OK);
        assertThat(client.complete).isTrue();
        assertThat(call.cancelled).isFalse();
    }

    private static final class Client extends BaseSubscriber<byte[]> {
        final List<String> events = new ArrayList<>();
        final AtomicBoolean complete = new AtomicBoolean();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Room is made by the test.
        }

        @Override
        protected void hookOnNext(byte[] event) {
            events.add(new String(event, StandardCharsets.UTF_8));
        }

        @Override
        protected void hookOnComplete() {
            complete.set(true);
        }
    }

    /** A call whose messages come when the test says. */
    private static final class ScriptedCall extends ClientCall<DynamicMessage, DynamicMessage> {
        final AtomicInteger asked = new AtomicInteger();
        final AtomicBoolean cancelled = new AtomicBoolean();
        private ClientCall.Listener<DynamicMessage> listener;

        @Override
        public void start(ClientCall.Listener<DynamicMessage> newListener, Metadata headers) {
            listener = newListener;
        }

        @Override
        public void request(int messages) {
            asked.addAndGet(messages);
        }

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {
            cancelled.set(true);
        }

        @Override
        public void halfClose() {
            // There is only one message.
        }

        @Override
        public void sendMessage(DynamicMessage message) {
            // What is asked does not matter here.
        }

        void send() {
            listener.onMessage(MESSAGE);
        }

        void end(Status status) {
            listener.onClose(status, new Metadata());
        }
    }
}
