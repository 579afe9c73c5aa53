package ai.exaone.gateway.inference;

import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.relay.client.HttpExchange;
import java.util.concurrent.CompletionStage;

/** A way into the API over HTTP: below which path it lies, and who is let in. Thread-safe. */
interface Entrance {
    /** Whether a path, as it was sent, lies here. */
    boolean takes(String rawPath);

    /** The path below the API's root, for example {@code /v1/models/agent/clerk}, of a path that lies here. */
    String apiPath(String path);

    /**
     * Says who sends a request.
     *
     * @return complete already where that is known here; fails with {@link ai.exaone.errors.PlatformException}
     */
    CompletionStage<Caller> authenticate(HttpExchange exchange);
}
