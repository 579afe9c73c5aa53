package ai.exaone.rpc.interceptor;

import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.token.TokenVerifier;
import build.buf.protovalidate.ValidatorFactory;
import io.grpc.ServerInterceptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLSession;

/** The interceptors of every server, in the order in which a call meets them. */
public final class RpcServerInterceptors {
    private RpcServerInterceptors() {}

    /**
     * The interceptors of one server.
     *
     * @param peer the service that a TLS session belongs to; for an in-process server there is no session and metadata says it
     */
    public static List<ServerInterceptor> inOrder(
            TokenVerifier tokens, MeterRegistry metrics, Function<SSLSession, Optional<ServiceName>> peer) {
        return List.of(
                new MetricCollectingServerInterceptor(metrics),
                new ErrorInterceptor(),
                new CallContextInterceptor(tokens, peer),
                new AccessInterceptor(),
                new ValidationInterceptor(ValidatorFactory.newBuilder().build()),
                new FieldBehaviourInterceptor());
    }
}
