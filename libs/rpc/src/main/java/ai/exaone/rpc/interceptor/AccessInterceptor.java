package ai.exaone.rpc.interceptor;

import ai.exaone.rpc.CallContext;
import com.google.protobuf.Message;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lets a call through only where its RPC's access rule does; an RPC without a rule is refused. */
final class AccessInterceptor implements ServerInterceptor {
    private final Map<String, AccessPolicy> policies = new ConcurrentHashMap<>();

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        MethodDescriptor<Q, R> method = call.getMethodDescriptor();
        AccessPolicy policy = policies.computeIfAbsent(method.getFullMethodName(), name -> AccessPolicy.of(method));
        CallContext context = CallContext.current();
        policy.checkCaller(context);
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            @Override
            public void onMessage(Q message) {
                policy.checkRequest(context, (Message) message);
                super.onMessage(message);
            }
        };
    }
}
