package ai.exaone.rpc.interceptor;

import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.RpcHeaders;
import ai.exaone.rpc.ServiceName;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Says on every outgoing call which service calls and for which request, and gives unary calls a deadline. */
public final class CallerInterceptor implements ClientInterceptor {
    private final ServiceName own;
    private final Duration unaryDeadline;

    /**
     * @param unaryDeadline for unary calls that set none; a shorter deadline of the call being served wins
     */
    public CallerInterceptor(ServiceName own, Duration unaryDeadline) {
        this.own = own;
        this.unaryDeadline = unaryDeadline;
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        CallOptions bounded = method.getType() == MethodDescriptor.MethodType.UNARY && options.getDeadline() == null
                ? options.withDeadlineAfter(unaryDeadline.toNanos(), TimeUnit.NANOSECONDS)
                : options;
        return new SimpleForwardingClientCall<>(next.newCall(method, bounded)) {
            @Override
            public void start(Listener<R> listener, Metadata headers) {
                headers.put(RpcHeaders.SERVICE, own.wireName());
                CallContext served = CallContext.current();
                putIfAbsent(headers, RpcHeaders.REQUEST_ID, served.requestId());
                putIfAbsent(headers, RpcHeaders.CLIENT_ADDRESS, served.clientAddress());
                super.start(listener, headers);
            }
        };
    }

    private static void putIfAbsent(Metadata headers, Metadata.Key<String> key, String value) {
        if (!value.isEmpty() && !headers.containsKey(key)) {
            headers.put(key, value);
        }
    }
}
