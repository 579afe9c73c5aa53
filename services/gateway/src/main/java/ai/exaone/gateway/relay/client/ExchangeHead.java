package ai.exaone.gateway.relay.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The head of a request, as far as an exchange needs it, whoever read it. Names of headers are found in any case. */
interface ExchangeHead {
    String method();

    /** Target of the request line, as it was sent. */
    String target();

    /** Whether the caller speaks HTTP/1.0. */
    boolean isOld();

    /** Whether the caller means to send another request on the connection. */
    boolean keepsAlive();

    /** Bytes of the body; negative when unknown. */
    long bodyLength();

    /** Whether the caller waits to be told before it sends the body. */
    boolean awaitsContinue();

    /** Whether it cannot be read as HTTP; then nothing that follows it can be either. */
    boolean isMalformed();

    /** The first header of a name. */
    @Nullable
    String header(CharSequence name);

    /** All headers of a name, in their order. */
    List<String> headers(CharSequence name);
}
