package ai.exaone.gateway.inference;

import ai.exaone.gateway.openai.OpenAiError;

/**
 * The caller's end of a call, whichever door it came through. For the thread that runs the call, except where said. Either
 * {@link #whole} is called, or {@link #begin} and then the rest.
 */
public interface Answer {
    /** Adds a header; before anything is sent. */
    void header(String name, String value);

    /** Sends a whole answer. Where the caller has gone, nothing happens. */
    void whole(int status, String mediaType, byte[] body);

    /** Begins a stream, with status 200. */
    void begin(String mediaType);

    /** Whether something was sent. */
    boolean begun();

    /**
     * Sends bytes; waits while the caller is slow.
     *
     * @throws CallerGoneException when the caller left, or {@link #interrupt} was called
     */
    void write(byte[] bytes) throws CallerGoneException;

    /** Ends a stream well. */
    void end();

    /** Sends a last event, waiting only shortly for a slow caller, and ends; breaks the connection where that does not work. */
    void endWith(byte[] lastEvent);

    /** Wakes a {@link #write} that waits, from any thread. */
    void interrupt();

    /** Ends the answer with a failure, in the shape that fits what was sent so far. */
    default void fail(OpenAiError error) {
        if (begun()) {
            endWith(error.event());
        } else {
            error.headers().forEach(this::header);
            whole(error.status(), "application/json", error.body());
        }
    }
}
