package ai.exaone.rpc.interceptor;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Looks at every request message before the endpoint does, and refuses it by throwing. */
abstract sealed class RequestInterceptor implements ServerInterceptor
        permits ValidationInterceptor, FieldBehaviourInterceptor {

    /** Returns, or throws the reason of the refusal. */
    abstract void check(Message request);

    @Override
    public final <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            @Override
            public void onMessage(Q message) {
                check((Message) message);
                super.onMessage(message);
            }
        };
    }
}
