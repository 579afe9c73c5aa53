package ai.exaone.rpc;

import ai.exaone.rpc.interceptor.RpcServerInterceptors;
import ai.exaone.rpc.token.RemoteVerificationKeys;
import ai.exaone.rpc.token.TokenVerifier;
import ai.exaone.rpc.watch.WatchServer;
import ai.exaone.rpc.watch.WatchSource;
import io.grpc.BindableService;
import io.micrometer.core.instrument.Metrics;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The parts of libs/rpc in every service's context. */
@Factory
@Requires(property = ServiceLauncher.SERVICE_PROPERTY)
class RpcFactory {
    @Singleton
    ServiceName serviceName(@Property(name = ServiceLauncher.SERVICE_PROPERTY) String wireName) {
        return ServiceName.ofWireName(wireName)
                .orElseThrow(() -> new IllegalArgumentException("There is no service '" + wireName + "'"));
    }

    @Singleton
    @Bean(preDestroy = "close")
    RpcChannels channels(ServiceName own, RpcConfig config) {
        return new RpcChannels(own, config);
    }

    @Singleton
    TokenVerifier tokenVerifier(RpcChannels channels) {
        return new TokenVerifier(
                new RemoteVerificationKeys(channels.to(ServiceName.IDENTITY), System::nanoTime), Clock.systemUTC());
    }

    @Singleton
    WatchServer watchServer(List<WatchSource> sources) {
        return new WatchServer(sources);
    }

    @Context
    @Bean(preDestroy = "close")
    RpcServer server(
            ServiceName own,
            RpcConfig config,
            TokenVerifier tokens,
            WatchServer watches,
            List<BindableService> endpoints) {
        List<BindableService> all = new ArrayList<>(endpoints);
        if (!all.contains(watches)) {
            all.add(watches);
        }
        return RpcServer.start(
                own, config, all, RpcServerInterceptors.inOrder(tokens, Metrics.globalRegistry, Certificates::peer));
    }
}
