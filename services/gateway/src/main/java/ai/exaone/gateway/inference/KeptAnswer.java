package ai.exaone.gateway.inference;

import ai.exaone.gateway.idempotency.KeptCalls;
import ai.exaone.gateway.idempotency.KeptResult;
import ai.exaone.gateway.idempotency.KeyedCall;
import ai.exaone.gateway.idempotency.Recording;
import ai.exaone.gateway.relay.Answer;
import ai.exaone.gateway.relay.CallerListener;
import io.netty.channel.EventLoop;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the call that an idempotency key names: given to the caller as it comes, and kept before its last byte goes out. It goes
 * on to its end although the caller leaves, since the caller may ask again; and at the engine's pace, since what the caller has not read
 * yet is being recorded anyway. Both end where more is said than is kept.
 */
final class KeptAnswer implements Answer {
    private static final int OK = 200;
    /** Those that belong to a result, and not to the moment in which it was given. */
    private static final Set<String> KEPT_HEADERS = Set.of(TokenCounting.HEADER);
    /** The caller is not kept waiting for longer where the database hangs. */
    private static final long LONGEST_KEEPING_SECONDS = 2;

    private final Answer caller;
    private final KeptCalls kept;
    private final KeyedCall call;
    private final Recording recording;
    private final Map<String, String> headers = new HashMap<>();
    private String mediaType = "";
    private @Nullable CallerListener listener;
    private boolean begun;
    private boolean gone;
    private boolean settled;
    private boolean settling;
    private Runnable afterwards = () -> {};

    KeptAnswer(Answer caller, KeptCalls kept, KeyedCall call) {
        this.caller = caller;
        this.kept = kept;
        this.call = call;
        this.recording = kept.recording();
    }

    /** Begins to listen to the caller. */
    KeptAnswer attend() {
        caller.attend(new Watching());
        return this;
    }

    /** Runs something when the answer is kept: now, or after what is still being done. */
    void whenKept(Runnable work) {
        if (settling) {
            afterwards = work;
        } else {
            work.run();
        }
    }

    // What becomes of the caller.

    /** Where the result can neither be given nor kept it is not wanted any more. */
    private void leaveIfNobodyWaits() {
        CallerListener told = listener;
        if (gone && recording.isFull() && !settled && told != null) {
            loop().execute(told::gone);
        }
    }

    @Override
    public void attend(CallerListener newListener) {
        listener = newListener;
        leaveIfNobodyWaits();
    }

    // What is answered.

    @Override
    public EventLoop loop() {
        return caller.loop();
    }

    @Override
    public void header(String name, String value) {
        if (KEPT_HEADERS.contains(name)) {
            headers.put(name, value);
        }
        caller.header(name, value);
    }

    @Override
    public void whole(int status, String media, byte[] body, int length) {
        begun = true;
        mediaType = media;
        byte[] answer = Arrays.copyOf(body, length);
        recording.add(answer, 0, length);
        keep(result(status), () -> caller.whole(status, media, answer, length));
    }

    @Override
    public void begin(String media, long length) {
        begun = true;
        mediaType = media;
        caller.begin(media, length);
    }

    @Override
    public boolean begun() {
        return begun;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        boolean wasFull = recording.isFull();
        recording.add(bytes, offset, length);
        caller.write(bytes, offset, length);
        if (recording.isFull() && !wasFull) {
            leaveIfNobodyWaits();
        }
    }

    @Override
    public void flush() {
        caller.flush();
    }

    /** What the caller has not read is bounded by what is recorded. */
    @Override
    public boolean writable() {
        return !recording.isFull() || caller.writable();
    }

    @Override
    public void end() {
        keep(result(OK), caller::end);
    }

    @Override
    public void endWith(byte[] lastEvent) {
        byte[] last = lastEvent.clone();
        recording.add(last, 0, last.length);
        keep(result(OK), () -> caller.endWith(last));
    }

    @Override
    public void abort() {
        keep(Optional.empty(), caller::abort);
    }

    @Override
    public void refuse(int status, byte[] body) {
        begun = true;
        settle(() -> kept.release(call), () -> caller.refuse(status, body));
    }

    private Optional<KeptResult> result(int status) {
        return recording.whole().map(body -> new KeptResult(call.requestId(), status, mediaType, headers, body));
    }

    private void keep(Optional<KeptResult> result, Runnable lastWords) {
        settle(() -> kept.finish(call, result), lastWords);
    }

    /** What the key is told of the call is told once. */
    private void settle(Runnable work, Runnable lastWords) {
        if (settled) {
            return;
        }
        settled = true;
        settling = true;
        recording.close();
        var done = Later.aside(call.requestId(), () -> {
                    work.run();
                    return true;
                })
                .toCompletableFuture()
                .completeOnTimeout(false, LONGEST_KEEPING_SECONDS, TimeUnit.SECONDS);
        Later.then(done, loop(), kept -> finish(lastWords), failed -> finish(lastWords));
    }

    private void finish(Runnable lastWords) {
        settling = false;
        try {
            lastWords.run();
        } finally {
            afterwards.run();
        }
    }

    /** Keeps the caller's leaving from those who answer, as long as the answer is of use without the caller. */
    private final class Watching implements CallerListener {
        @Override
        public void writable() {
            if (listener != null) {
                listener.writable();
            }
        }

        @Override
        public void gone() {
            gone = true;
            leaveIfNobodyWaits();
        }
    }
}
