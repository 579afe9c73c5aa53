package ai.exaone.rpc;

import io.grpc.BindableService;

/** An endpoint with streams that last until somebody ends them: the server asks it to when it stops. */
public interface StreamingEndpoint extends BindableService {
    /** Completes all streams that are open. Their clients connect again when the service is back. */
    void endStreams();
}
