package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.EngineFault;
import ai.exaone.gateway.relay.Upstream;
import ai.exaone.gateway.relay.UpstreamCall;
import ai.exaone.gateway.relay.UpstreamException;
import ai.exaone.gateway.relay.UpstreamHead;
import ai.exaone.gateway.relay.UpstreamListener;
import ai.exaone.gateway.relay.UpstreamRequest;
import ai.exaone.gateway.routing.ReplicaLease;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** One attempt to have a call answered by one replica, or by an agent. What is read of the answer depends on its head. */
final class Attempt implements UpstreamListener {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int UNPROCESSABLE = 422;
    private static final int NOT_IMPLEMENTED = 501;
    /** Of an engine's refusal. */
    private static final int LONGEST_REFUSAL = 64 * 1024;

    private final Forward forward;
    private final @Nullable ReplicaLease lease;
    private @Nullable UpstreamCall call;
    private @Nullable AnswerReader reader;
    private boolean over;

    private Attempt(Forward forward, @Nullable ReplicaLease lease) {
        this.forward = forward;
        this.lease = lease;
    }

    static Attempt ofEngine(Forward forward, ReplicaLease lease) {
        return new Attempt(forward, lease);
    }

    static Attempt ofAgent(Forward forward) {
        return new Attempt(forward, null);
    }

    void open(Upstream upstream, UpstreamRequest request) {
        forward.overhead().sent(System.nanoTime());
        UpstreamCall opened = upstream.open(request, forward.answer().loop(), this);
        call = opened;
        if (over) {
            opened.cancel();
        }
    }

    /** Whom it asked. */
    String whom() {
        return lease == null ? "the agents" : lease.replica().toString();
    }

    // What is told of the answer.

    @Override
    public void head(UpstreamHead head) {
        came();
        forward.guarded(() -> reader = readerOf(head));
    }

    private @Nullable AnswerReader readerOf(UpstreamHead head) {
        boolean streamed = forward.exchange().request().stream();
        if (lease == null) {
            return streamed && head.status() == OK ? streamOf(head) : WholeReader.ofAgent(forward, this, head);
        }
        return switch (head.status()) {
            case OK -> streamed ? streamOf(head) : WholeReader.ofEngine(forward, this, head);
            case BAD_REQUEST, CONTENT_TOO_LARGE, UNPROCESSABLE, NOT_IMPLEMENTED -> new RefusalReader();
            default -> {
                retry(AttemptFailure.of(head.status(), head.retryAfter()));
                yield null;
            }
        };
    }

    private @Nullable AnswerReader streamOf(UpstreamHead head) {
        if (!head.isStream()) {
            broken("The answer is " + head.mediaType() + " and not a stream");
            return null;
        }
        return new StreamReader(forward, this, forward.parts().config().longestEvent());
    }

    @Override
    public void body(byte[] bytes, int offset, int length) {
        if (reader == null || over) {
            return;
        }
        try {
            reader.body(bytes, offset, length);
        } catch (RuntimeException failure) {
            forward.broke(failure);
        }
    }

    @Override
    public void drained() {
        if (reader == null || over) {
            return;
        }
        try {
            reader.drained();
        } catch (RuntimeException failure) {
            forward.broke(failure);
        }
    }

    @Override
    public void end() {
        if (reader != null && !over) {
            forward.guarded(reader::end);
        }
    }

    @Override
    public void failed(UpstreamException failure) {
        if (over) {
            return;
        }
        if (forward.answer().begun()) {
            forward.cut(failure);
        } else {
            retry(AttemptFailure.of(failure));
        }
    }

    // What the reader makes of it.

    /** Notes that something came: what happens from here on is our own time. */
    void came() {
        forward.overhead().came(System.nanoTime());
    }

    /** The first piece of an answer is there. */
    void answered() {
        if (lease != null) {
            lease.answered();
        }
    }

    /** What came is no answer. */
    void broken(String what) {
        UpstreamException failure =
                new UpstreamException(UpstreamException.Kind.BROKEN, new IllegalStateException(what));
        if (forward.answer().begun()) {
            forward.cut(failure);
        } else {
            retry(AttemptFailure.of(failure));
        }
    }

    void retry(AttemptFailure failure) {
        if (over) {
            return;
        }
        if (lease != null && failure.ejects()) {
            lease.failed();
        }
        forward.retry(this, failure);
    }

    void pause() {
        if (call != null) {
            call.pause();
        }
    }

    void resume() {
        if (call != null && !over) {
            call.resume();
        }
    }

    /** Everything that was wanted came. */
    void close() {
        if (!over) {
            over = true;
            leave();
            if (call != null) {
                call.finish();
            }
        }
    }

    /** Nothing of it is wanted any more: the upstream is left at once. */
    void cancel() {
        if (!over) {
            over = true;
            leave();
            if (call != null) {
                call.cancel();
            }
        }
    }

    private void leave() {
        if (lease != null) {
            lease.close();
        }
    }

    /** Reads why an engine refuses. */
    private final class RefusalReader implements AnswerReader {
        private final ByteArrayOutputStream words = new ByteArrayOutputStream();

        @Override
        public void body(byte[] bytes, int offset, int length) {
            words.write(bytes, offset, Math.min(length, LONGEST_REFUSAL - words.size()));
        }

        @Override
        public void drained() {
            // Nothing goes out before all of it is there.
        }

        @Override
        public void end() {
            forward.fail(new PlatformException(
                    InferenceError.ENGINE_REFUSED_REQUEST, EngineFault.sentence(words.toByteArray())));
        }
    }
}
