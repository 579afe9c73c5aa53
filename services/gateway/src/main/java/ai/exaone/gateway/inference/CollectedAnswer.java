package ai.exaone.gateway.inference;

import ai.exaone.gateway.batches.LineDoor.LineAnswer;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.relay.Answer;
import ai.exaone.gateway.relay.CallerListener;
import io.netty.channel.EventLoop;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer that nobody waits for on a connection: it is collected, up to a bound. */
final class CollectedAnswer implements Answer {
    private static final int OK = 200;
    private static final String RETRY_AFTER = "retry-after";

    private final EventLoop loop;
    private final int longest;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private @Nullable CallerListener listener;
    private @Nullable LineAnswer whole;
    private Optional<Duration> retryAfter = Optional.empty();
    private boolean begun;
    private boolean tooLong;

    /**
     * @param longest bytes of an answer that are kept
     */
    CollectedAnswer(EventLoop loop, int longest) {
        this.loop = loop;
        this.longest = longest;
    }

    /** What came, once the call is over. */
    LineAnswer whole() {
        if (tooLong) {
            return failure(OpenAiError.of(Failures.tooLong(longest)));
        }
        LineAnswer came = whole;
        return came == null ? failure(OpenAiError.of(Failures.cut(null))) : came;
    }

    private LineAnswer failure(OpenAiError error) {
        return new LineAnswer(error.status(), error.body(), error.code(), Optional.empty());
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void attend(CallerListener newListener) {
        listener = newListener;
    }

    @Override
    public void header(String name, String value) {
        if (name.equals(RETRY_AFTER) && value.matches("[0-9]{1,9}")) {
            retryAfter = Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
    }

    @Override
    public void whole(int status, String mediaType, byte[] body, int length) {
        begun = true;
        if (length > longest) {
            tooLong = true;
            return;
        }
        byte[] copy = Arrays.copyOf(body, length);
        String code = status == OK ? "" : OpenAiError.read(status, copy).code();
        whole = new LineAnswer(status, copy, code, retryAfter);
    }

    @Override
    public void begin(String mediaType, long length) {
        begun = true;
    }

    @Override
    public boolean begun() {
        return begun;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (tooLong) {
            return;
        }
        if (collected.size() + length > longest) {
            tooLong = true;
            collected.reset();
            CallerListener told = listener;
            if (told != null) {
                loop.execute(told::gone);
            }
        } else {
            collected.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() {
        // Nothing leaves here.
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void end() {
        whole = new LineAnswer(OK, collected.toByteArray(), "", Optional.empty());
    }

    @Override
    public void endWith(byte[] lastEvent) {
        abort();
    }

    @Override
    public void abort() {
        collected.reset();
    }
}
