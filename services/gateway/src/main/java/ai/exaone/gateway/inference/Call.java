package ai.exaone.gateway.inference;

import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.metering.CallStart;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.queue.Priority;
import ai.exaone.rpc.Principal;
import java.time.Instant;
import java.util.Map;

/**
 * One call as it came in through a door.
 *
 * @param requestId our own id, {@code req_…}
 * @param path the API's path that was called, as it is recorded
 * @param body the bytes as the caller wrote them; not to be changed
 * @param depth how many agents are already between the outer caller and this call
 * @param arrivedNanos when it arrived, on the monotonic clock
 * @param readNanos when it was there whole, on the monotonic clock
 * @param headers of the caller's, those that engines are sent
 * @param priority how it waits for a busy model
 */
public record Call(
        String requestId,
        Caller caller,
        Endpoint endpoint,
        String path,
        byte[] body,
        int depth,
        Instant arrivedAt,
        long arrivedNanos,
        long readNanos,
        Map<String, String> headers,
        Priority priority) {
    public Call {
        headers = Map.copyOf(headers);
    }

    /** The same call with what was made of its body. */
    Call withBody(byte[] made) {
        return new Call(
                requestId, caller, endpoint, path, made, depth, arrivedAt, arrivedNanos, readNanos, headers, priority);
    }

    /** What is recorded of it before it is read. */
    CallStart start() {
        Principal principal = caller.principal();
        return new CallStart(
                requestId,
                caller.tenantId(),
                caller.projectId(),
                principal.keyId().orElse(""),
                principal.subject(),
                principal.agentId().orElse(""),
                principal.runId().orElse(""),
                "",
                path,
                arrivedAt,
                arrivedNanos);
    }
}
