package ai.exaone.gateway.management;

import ai.exaone.proto.agents.v1.RunServiceGrpc;
import ai.exaone.proto.agents.v1.WatchRunRequest;
import ai.exaone.proto.agents.v1.WatchRunResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/** Runs whose events are what the test says. */
public final class ScriptedRuns extends RunServiceGrpc.RunServiceImplBase {
    /** One for each stream whose client has left. */
    public final BlockingQueue<WatchRunRequest> left = new LinkedBlockingQueue<>();

    private volatile BiConsumer<WatchRunRequest, ServerCallStreamObserver<WatchRunResponse>> script =
            (request, responses) -> responses.onCompleted();

    public void script(BiConsumer<WatchRunRequest, ServerCallStreamObserver<WatchRunResponse>> next) {
        script = next;
    }

    @Override
    public void watchRun(WatchRunRequest request, StreamObserver<WatchRunResponse> responses) {
        var stream = (ServerCallStreamObserver<WatchRunResponse>) responses;
        stream.setOnCancelHandler(() -> left.add(request));
        script.accept(request, stream);
    }
}
