package ai.exaone.gateway;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.admission.InputEstimator;
import ai.exaone.gateway.admission.slice.SliceAdmission;
import ai.exaone.gateway.auth.KeyCache;
import ai.exaone.gateway.auth.KeyCallers;
import ai.exaone.gateway.auth.KeyFeed;
import ai.exaone.gateway.auth.Principals;
import ai.exaone.gateway.auth.Projects;
import ai.exaone.gateway.auth.RpcKeyExchange;
import ai.exaone.gateway.edge.ServerErrors;
import ai.exaone.gateway.health.CallMetrics;
import ai.exaone.gateway.health.Health;
import ai.exaone.gateway.health.QueueMetrics;
import ai.exaone.gateway.inference.ActiveCalls;
import ai.exaone.gateway.metering.Drain;
import ai.exaone.gateway.metering.Ledger;
import ai.exaone.gateway.metering.Meter;
import ai.exaone.gateway.metering.RpcLedger;
import ai.exaone.gateway.metering.Spool;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.relay.client.Reception;
import ai.exaone.gateway.routing.QueueClock;
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
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** What the data plane rests on: who calls, where to, the books, and what machines ask of it. */
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
    KeyCache keyCache(RpcChannels channels, TokenVerifier tokens) {
        return new KeyCache(new RpcKeyExchange(channels.to(ServiceName.IDENTITY), tokens), System::nanoTime);
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
    Router router(QueueSettings settings, PrometheusMeterRegistry registry) {
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        return new Router(random, System::nanoTime, settings.config(), new QueueMetrics(registry));
    }

    @Context
    @Bean(preDestroy = "close")
    QueueClock queueClock(Router router) {
        return QueueClock.start(router);
    }

    @Singleton
    KeyFeed keyFeed(KeyCache keys, KeyCallers callers, ActiveCalls active) {
        return new KeyFeed(keys, callers.then(active));
    }

    @Context
    @Bean(preDestroy = "close")
    Feeds feeds(RpcChannels channels, GatewayConfig config, KeyFeed keys, RouteTable routes, Router router) {
        return new Feeds(
                WatchFollower.follow(
                        channels.to(ServiceName.IDENTITY), KeyFeed.LOG, config.id(), keys, System::nanoTime),
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

    @Context
    @Bean(preDestroy = "close")
    SliceAdmission admission(RpcChannels channels, GatewayConfig config, IdGenerator ids, Clock clock) {
        return SliceAdmission.start(channels.to(ServiceName.QUOTA), config.id(), () -> ids.next("slices"), clock);
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
    Drain drain(Spool spool, Meter meter, Ledger ledger, SliceAdmission admission) {
        Drain drain = new Drain(spool, meter, ledger, DRAIN_INTERVAL, admission);
        drain.start();
        return drain;
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
    Health health(
            Reception reception,
            Principals principals,
            RouteTable routes,
            SliceAdmission admission,
            Ledger ledger,
            Meter meter) {
        Map<String, BooleanSupplier> parts = new LinkedHashMap<>();
        parts.put("door", reception::isOpen);
        parts.put("keys", principals::ready);
        parts.put("chat_model", () -> hasChatReplica(routes));
        parts.put("quota", () -> admission.ready() && answers(ledger));
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
