package ai.exaone.gateway.relay;

import ai.exaone.proto.inference.internal.v1.InferRequest;
import ai.exaone.proto.inference.internal.v1.InferResponse;
import ai.exaone.proto.inference.internal.v1.InferenceServiceGrpc;
import ai.exaone.proto.inference.internal.v1.RequestHead;
import ai.exaone.rpc.RpcChannels;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;

/** The agents, over their inference door, called for one caller. */
public final class AgentUpstream implements Upstream {
    /** Longest body frame. */
    public static final int FRAME_BYTES = 64 * 1024;

    private final Channel agents;
    private final String projectId;
    private final String callerToken;
    private final int depth;

    /**
     * @param agents channel to the agents
     * @param projectId the project of the call: a person's token names none
     * @param callerToken the internal token of the caller for whom they are called
     * @param depth how many agents are between the outer caller and this call
     */
    public AgentUpstream(Channel agents, String projectId, String callerToken, int depth) {
        this.agents = agents;
        this.projectId = projectId;
        this.callerToken = callerToken;
        this.depth = depth;
    }

    @Override
    public UpstreamAnswer open(UpstreamRequest request, Cancellation cancellation) throws UpstreamException {
        BlockingClientCall<InferRequest, InferResponse> call = InferenceServiceGrpc.newBlockingV2Stub(
                        RpcChannels.asCaller(agents, callerToken))
                .infer();
        cancellation.onCancel(() -> call.cancel("The caller left", null));
        try {
            call.write(InferRequest.newBuilder()
                    .setHead(RequestHead.newBuilder()
                            .setPath(request.path())
                            .setRequestId(request.requestId())
                            .setProjectId(projectId)
                            .setDepth(depth))
                    .build());
            writeBody(call, request.body().toBytes());
            call.halfClose();
            InferResponse first = call.read();
            if (first == null || !first.hasHead()) {
                throw new UpstreamException(
                        UpstreamException.Kind.BROKEN, new IllegalStateException("The answer has no head"));
            }
            return new AgentAnswer(call, first.getHead());
        } catch (StatusException failure) {
            throw translate(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UpstreamException(UpstreamException.Kind.BROKEN, stopped);
        }
    }

    private static void writeBody(BlockingClientCall<InferRequest, InferResponse> call, byte[] body)
            throws InterruptedException, StatusException {
        ByteString bytes = UnsafeByteOperations.unsafeWrap(body);
        for (int offset = 0; offset < bytes.size(); offset += FRAME_BYTES) {
            ByteString frame = bytes.substring(offset, Math.min(bytes.size(), offset + FRAME_BYTES));
            call.write(InferRequest.newBuilder().setBody(frame).build());
        }
    }

    static UpstreamException translate(StatusException failure) {
        Status.Code code = failure.getStatus().getCode();
        UpstreamException.Kind kind = switch (code) {
            case UNAVAILABLE -> UpstreamException.Kind.UNREACHABLE;
            case DEADLINE_EXCEEDED -> UpstreamException.Kind.TIMED_OUT;
            default -> UpstreamException.Kind.BROKEN;
        };
        return new UpstreamException(kind, failure);
    }
}
