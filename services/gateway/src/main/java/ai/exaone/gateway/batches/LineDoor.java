package ai.exaone.gateway.batches;

import ai.exaone.gateway.auth.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Where lines are called: the one pipeline that all calls of models go through. Thread-safe. */
public interface LineDoor {
    /**
     * Calls one line. May block for a moment, while it is asked who calls.
     *
     * @return completes when the call is over and its books are closed; never fails
     */
    CompletionStage<LineAnswer> call(LineCall call);

    /** Calls that run now through any door, those of lines included. */
    int running();

    /**
     * A line that is to be called.
     *
     * @param requestId under which it is metered, {@code req_…}
     * @param caller who calls, as far as the key is still accepted; may block and throws {@link ai.exaone.errors.PlatformException}
     * @param path the API's path
     * @param body not to be changed
     */
    record LineCall(String requestId, Supplier<Caller> caller, String path, byte[] body) {}

    /**
     * What a call came to.
     *
     * @param body in the words of the API that was called; not to be changed
     * @param code of a failure, in OpenAI's vocabulary where it has a word; empty where it succeeded
     * @param retryAfter when another call may succeed, where that was said
     */
    record LineAnswer(int status, byte[] body, String code, Optional<Duration> retryAfter) {}
}
