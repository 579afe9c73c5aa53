package ai.exaone.gateway;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.admission.Admission;
import ai.exaone.gateway.admission.InputEstimator;
import ai.exaone.gateway.admission.QuotaAdmission;
import ai.exaone.gateway.auth.Credentials;
import ai.exaone.gateway.auth.KeyCache;
import ai.exaone.gateway.auth.KeyFeed;
import ai.exaone.gateway.auth.Principals;
import ai.exaone.gateway.auth.Projects;
import ai.exaone.gateway.auth.RpcKeyExchange;
import ai.exaone.gateway.edge.ServerErrors;
import ai.exaone.gateway.health.CallMetrics;
import ai.exaone.gateway.health.Health;
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
import ai.exaone.gateway.inference.Preparation;
import ai.exaone.gateway.inference.PublicEntrance;
import ai.exaone.gateway.inference.RpcDoor;
import ai.exaone.gateway.metering.Drain;
import ai.exaone.gateway.metering.Ledger;
import ai.exaone.gateway.metering.Meter;
import ai.exaone.gateway.metering.RpcLedger;
import ai.exaone.gateway.metering.Spool;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.relay.RelayConfig;
import ai.exaone.gateway.relay.client.BodyMemory;
import ai.exaone.gateway.relay.client.CallerPipeline;
import ai.exaone.gateway.relay.client.RequestBounds;
import ai.exaone.gateway.relay.engine.EngineConnections;
import ai.exaone.gateway.routing.RouteFeed;
import ai.exaone.gateway.routing.RouteTable;
import ai.exaone.gateway.routing.Router;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.token.TokenVerifier;
import ai.exaone.rpc.watch.WatchFollower;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.core.util.SupplierUtil;
import io.micronaut.http.netty.channel.EventLoopGroupRegistry;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The parts of the data plane, and how they hang together. */
@Factory
final class GatewayFactory {
    private static final Duration DRAIN_INTERVAL = Duration.ofMillis(200);

    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }

    @Singleton
    IdGenerator ids(Clock clock, SecureRandom random) {
        return new IdGenerator(clock, random);
    }

    @Singleton
    @Bean(typed = ErrorResponseProcessor.class)
    ErrorResponseProcessor<byte[]> serverErrors(IdGenerator ids) {
        return new ServerErrors(ids);
    }

    // Who calls.

    @Singleton
    RelayConfig relayConfig(RelaySettings settings, List<ModelTimeoutSettings> ofModels) {
        return settings.config(ofModels);
    }

    @Singleton
    ActiveCalls activeCalls(RelayConfig limits) {
        return new ActiveCalls(limits, System::nanoTime);
    }

    /** Calls end before anything is closed: the end of a call is recorded, settled and sent by all that they share. */
    @Singleton
    ApplicationEventListener<ShutdownEvent> callsEndFirst(ActiveCalls calls) {
        return stopping -> calls.close();
    }

    @Singleton
    KeyCache keyCache(RpcChannels channels, TokenVerifier tokens, ActiveCalls active) {
        return new KeyCache(
                new RpcKeyExchange(channels.to(ServiceName.IDENTITY), tokens), active::keyRevoked, System::nanoTime);
    }

    @Singleton
    Principals principals(KeyCache keys, TokenVerifier tokens, Feeds feeds, Clock clock) {
        return new Principals(keys, tokens, feeds.keys()::silence, clock);
    }

    @Singleton
    Projects projects(RpcChannels channels) {
        return new Projects(channels.to(ServiceName.IDENTITY));
    }

    // Where to.

    @Singleton
    RouteTable routes() {
        return new RouteTable();
    }

    @Singleton
    Router router(SecureRandom random) {
        return new Router(random, System::nanoTime);
    }

    @Context
    @Bean(preDestroy = "close")
    Feeds feeds(RpcChannels channels, GatewayConfig config, KeyCache keys, RouteTable routes, Router router) {
        return new Feeds(
                WatchFollower.follow(
                        channels.to(ServiceName.IDENTITY),
                        KeyFeed.LOG,
                        config.id(),
                        new KeyFeed(keys),
                        System::nanoTime),
                WatchFollower.follow(
                        channels.to(ServiceName.SERVING),
                        RouteFeed.LOG,
                        config.id(),
                        new RouteFeed(routes, router),
                        System::nanoTime));
    }

    // The books.

    @Singleton
    InputEstimator inputEstimator() {
        return new InputEstimator();
    }

    @Singleton
    Admission admission(RpcChannels channels, GatewayConfig config) {
        return new QuotaAdmission(channels.to(ServiceName.QUOTA), config.id());
    }

    @Singleton
    @Bean(preDestroy = "close")
    Spool spool(StorageConfig config, Clock clock) {
        return Spool.open(config.spool(), clock);
    }

    @Singleton
    Meter meter(Spool spool, PrometheusMeterRegistry registry) {
        return new Meter(spool, System::nanoTime, new CallMetrics(registry));
    }

    @Singleton
    Ledger ledger(RpcChannels channels, GatewayConfig config) {
        return new RpcLedger(channels.to(ServiceName.QUOTA), config.id());
    }

    @Context
    @Bean(preDestroy = "close")
    Drain drain(Spool spool, Meter meter, Ledger ledger) {
        Drain drain = new Drain(spool, meter, ledger, DRAIN_INTERVAL);
        drain.start();
        return drain;
    }

    // The pipeline and its doors.

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
            ActiveCalls active,
            IdGenerator ids,
            Clock clock) {
        return new HttpDoor(entrances, inference, operations, active, ids, clock);
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
            BeanProvider<HttpDoor> door, BeanProvider<RequestBounds> bounds) {
        return created -> {
            created.getBean()
                    .register(new CallerPipeline(SupplierUtil.memoized(door::get), SupplierUtil.memoized(bounds::get)));
            return created.getBean();
        };
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

    // What machines ask.

    @Singleton
    @Bean(preDestroy = "close")
    PrometheusMeterRegistry metrics() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Metrics.addRegistry(registry);
        return registry;
    }

    @Singleton
    Health health(Principals principals, RouteTable routes, Ledger ledger, Meter meter) {
        Map<String, BooleanSupplier> parts = new LinkedHashMap<>();
        parts.put("keys", principals::ready);
        parts.put("chat_model", () -> hasChatReplica(routes));
        parts.put("quota", () -> answers(ledger));
        parts.put("usage_spool", meter::ready);
        return new Health(parts, System::nanoTime);
    }

    private static boolean hasChatReplica(RouteTable routes) {
        return routes.all().stream()
                .anyMatch(route -> route.endpoints().contains(Endpoint.CHAT_COMPLETIONS)
                        && !route.replicas().isEmpty());
    }

    private static boolean answers(Ledger ledger) {
        try {
            ledger.watermark();
            return true;
        } catch (PlatformException unreachable) {
            return false;
        }
    }
}
