package ai.exaone.gateway.relay;

import ai.exaone.gateway.openai.OpenAiError;
import io.netty.channel.EventLoop;

/**
 * The caller's end of an exchange, whichever door it came through. All of it happens on one event loop, and nothing blocks. Either
 * {@link #whole} is called, or {@link #begin} and then the rest. Where the caller has gone, nothing happens.
 */
public interface Answer {
    /** Length of a body that is not known. */
    long UNKNOWN_LENGTH = -1;

    /** The exchange's event loop. */
    EventLoop loop();

    /** Sets who is told of the caller; at once, if the caller has gone already. */
    void attend(CallerListener listener);

    /** Adds a header; before anything is sent. */
    void header(String name, String value);

    /** Sends a whole answer. */
    void whole(int status, String mediaType, byte[] body, int length);

    /** Begins an answer that is sent piece by piece, with status 200. */
    void begin(String mediaType, long length);

    /** Whether something was sent. */
    boolean begun();

    /** Adds a piece, which goes out with the next {@link #flush}, or before. The bytes are not kept. */
    void write(byte[] bytes, int offset, int length);

    /** Sends what was added. */
    void flush();

    /** Whether the caller keeps pace. When it does again, the listener is told. */
    boolean writable();

    /** Ends well what was begun. */
    void end();

    /** Ends a stream with a last event, in the caller's words; breaks the connection where the caller does not take it soon. */
    void endWith(byte[] lastEvent);

    /** Breaks off what was begun so that the caller cannot take it for whole. */
    void abort();

    /** Adds a piece that is all of an array. */
    default void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    /** Ends a stream with a failure. */
    default void fail(OpenAiError error) {
        endWith(error.event());
    }

    /** Refuses, before anything was sent: nothing was done, and the caller may ask again. */
    default void refuse(OpenAiError error) {
        error.headers().forEach(this::header);
        refuse(error.status(), error.body());
    }

    /** Refuses in words that are made already. */
    default void refuse(int status, byte[] body) {
        whole(status, "application/json", body, body.length);
    }

    /** Answers with a failure, before anything was sent, of a call that may have done something all the same. */
    default void conclude(OpenAiError error) {
        error.headers().forEach(this::header);
        byte[] body = error.body();
        whole(error.status(), "application/json", body, body.length);
    }
}
