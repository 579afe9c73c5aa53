package ai.exaone.gateway;

import ai.exaone.gateway.admission.Admission;
import ai.exaone.gateway.admission.InputEstimator;
import ai.exaone.gateway.auth.Credentials;
import ai.exaone.gateway.auth.Principals;
import ai.exaone.gateway.auth.Projects;
import ai.exaone.gateway.idempotency.KeptCalls;
import ai.exaone.gateway.inference.ActiveCalls;
import ai.exaone.gateway.inference.AgentDirectory;
import ai.exaone.gateway.inference.ConsoleEntrance;
import ai.exaone.gateway.inference.Entrances;
import ai.exaone.gateway.inference.Exchanges;
import ai.exaone.gateway.inference.Forwarding;
import ai.exaone.gateway.inference.Holds;
import ai.exaone.gateway.inference.HttpDoor;
import ai.exaone.gateway.inference.Inference;
import ai.exaone.gateway.inference.ModelCatalogue;
import ai.exaone.gateway.inference.Models;
import ai.exaone.gateway.inference.Operations;
import ai.exaone.gateway.inference.OrderlyEnd;
import ai.exaone.gateway.inference.Preparation;
import ai.exaone.gateway.inference.PublicEntrance;
import ai.exaone.gateway.inference.RpcDoor;
import ai.exaone.gateway.inference.Stamp;
import ai.exaone.gateway.metering.Meter;
import ai.exaone.gateway.relay.RelayConfig;
import ai.exaone.gateway.relay.client.BodyMemory;
import ai.exaone.gateway.relay.client.CallerPipeline;
import ai.exaone.gateway.relay.client.Reception;
import ai.exaone.gateway.relay.client.RequestBounds;
import ai.exaone.gateway.relay.engine.EngineConnections;
import ai.exaone.gateway.routing.RouteTable;
import ai.exaone.gateway.routing.Router;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.ServiceName;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.core.util.SupplierUtil;
import io.micronaut.http.netty.channel.EventLoopGroupRegistry;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.netty.handler.codec.http.HttpDecoderConfig;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** The pipeline that calls of models go through, its doors, and what both are bounded by. */
@Factory
final class InferenceFactory {
    @Singleton
    RelayConfig relayConfig(RelaySettings settings, List<ModelTimeoutSettings> ofModels) {
        return settings.config(ofModels);
    }

    @Singleton
    ActiveCalls activeCalls(RelayConfig limits, Clock clock) {
        return new ActiveCalls(limits, clock, System::nanoTime);
    }

    /** Calls end before anything is closed: the end of a call is recorded, settled and sent by all that they share. */
    @Singleton
    ApplicationEventListener<ShutdownEvent> callsEndFirst(
            Reception reception, ActiveCalls calls, StopSettings settings) {
        OrderlyEnd end = new OrderlyEnd(reception, calls, settings.delay(), settings.patience());
        return stopping -> end.run();
    }

    @Singleton
    Reception reception() {
        return new Reception();
    }

    @Singleton
    EngineConnections engines() {
        return new EngineConnections();
    }

    @Singleton
    Models models(RouteTable routes) {
        return new Models(routes);
    }

    @Singleton
    Forwarding forwarding(
            Router router,
            EngineConnections engines,
            RpcChannels channels,
            InputEstimator estimator,
            RelayConfig config) {
        return new Forwarding(router, engines, channels.to(ServiceName.AGENTS), estimator, config);
    }

    @Singleton
    Inference inference(
            Preparation preparation, Admission admission, Meter meter, Forwarding forwarding, RelayConfig config) {
        return new Inference(preparation, admission, meter, forwarding, config);
    }

    @Singleton
    Exchanges exchanges(IdGenerator ids) {
        return new Exchanges(() -> ids.next("call"));
    }

    @Singleton
    Preparation preparation(Models models, Exchanges exchanges, InputEstimator estimator) {
        return new Preparation(models, exchanges, new Holds(estimator));
    }

    @Singleton
    RequestBounds requestBounds(GatewayConfig config, RelayConfig relay) {
        return new RequestBounds(
                config.longestBodyBytes(), relay.requestTimeout(), new BodyMemory(config.longestBodyBytes()));
    }

    @Singleton
    HttpDoor httpDoor(
            Entrances entrances,
            Inference inference,
            Operations operations,
            KeptCalls keptCalls,
            ActiveCalls active,
            Stamp stamp) {
        return new HttpDoor(entrances, inference, operations, keptCalls, active, stamp);
    }

    @Singleton
    Stamp stamp(IdGenerator ids, Clock clock) {
        return new Stamp(ids, clock);
    }

    @Singleton
    Entrances entrances(Principals principals, Credentials credentials, Projects projects) {
        return new Entrances(new PublicEntrance(principals), new ConsoleEntrance(credentials, projects));
    }

    /**
     * The server asks for its customizers early; the door is made when its first connection comes, and once: a connection that
     * comes while all is closed makes no other.
     */
    @Singleton
    BeanCreatedEventListener<NettyServerCustomizer.Registry> callerPipeline(
            BeanProvider<HttpDoor> door,
            BeanProvider<RequestBounds> bounds,
            BeanProvider<NettyHttpServerConfiguration> server,
            Reception reception) {
        return created -> {
            created.getBean()
                    .register(new CallerPipeline(
                            SupplierUtil.memoized(door::get),
                            SupplierUtil.memoized(bounds::get),
                            () -> decoding(server.get()),
                            reception));
            return created.getBean();
        };
    }

    private static HttpDecoderConfig decoding(NettyHttpServerConfiguration server) {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(server.getMaxInitialLineLength())
                .setMaxHeaderSize(server.getMaxHeaderSize())
                .setMaxChunkSize(server.getMaxChunkSize())
                .setValidateHeaders(server.isValidateHeaders())
                .setInitialBufferSize(server.getInitialBufferSize());
    }

    @Singleton
    ModelCatalogue catalogue(Models models, RpcChannels channels) {
        return new ModelCatalogue(models, new AgentDirectory(channels.to(ServiceName.AGENTS)));
    }

    @Singleton
    RpcDoor rpcDoor(
            Inference inference,
            ActiveCalls active,
            RequestBounds bounds,
            EventLoopGroupRegistry loops,
            IdGenerator ids,
            Clock clock) {
        return new RpcDoor(inference, active, bounds, loops.getDefaultEventLoopGroup(), ids, clock);
    }
}
