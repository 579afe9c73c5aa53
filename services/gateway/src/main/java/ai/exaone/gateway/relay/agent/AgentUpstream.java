package ai.exaone.gateway.relay.agent;

import ai.exaone.gateway.relay.Upstream;
import ai.exaone.gateway.relay.UpstreamCall;
import ai.exaone.gateway.relay.UpstreamListener;
import ai.exaone.gateway.relay.UpstreamRequest;
import ai.exaone.proto.inference.internal.v1.InferenceServiceGrpc;
import ai.exaone.rpc.RpcChannels;
import io.grpc.Channel;
import io.netty.channel.EventLoop;

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
    public UpstreamCall open(UpstreamRequest request, EventLoop loop, UpstreamListener listener) {
        AgentCall call = new AgentCall(loop, listener);
        InferenceServiceGrpc.newStub(RpcChannels.asCaller(agents, callerToken)).infer(call);
        call.send(request, projectId, depth);
        return call;
    }
}
