package ai.exaone.gateway.warmup;

import ai.exaone.gateway.admission.InputEstimator;
import ai.exaone.gateway.admission.slice.SliceAdmission;
import ai.exaone.gateway.auth.Projects;
import ai.exaone.gateway.health.CallMetrics;
import ai.exaone.gateway.idempotency.KeptCalls;
import ai.exaone.gateway.inference.ActiveCalls;
import ai.exaone.gateway.inference.ConsoleEntrance;
import ai.exaone.gateway.inference.Entrances;
import ai.exaone.gateway.inference.Exchanges;
import ai.exaone.gateway.inference.Forwarding;
import ai.exaone.gateway.inference.Holds;
import ai.exaone.gateway.inference.HttpDoor;
import ai.exaone.gateway.inference.Inference;
import ai.exaone.gateway.inference.Models;
import ai.exaone.gateway.inference.Operations;
import ai.exaone.gateway.inference.Preparation;
import ai.exaone.gateway.inference.PublicEntrance;
import ai.exaone.gateway.inference.Stamp;
import ai.exaone.gateway.metering.Meter;
import ai.exaone.gateway.metering.Spool;
import ai.exaone.gateway.metering.SpoolConfig;
import ai.exaone.gateway.metering.SpoolSync;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.queue.QueueConfig;
import ai.exaone.gateway.queue.QueueListener;
import ai.exaone.gateway.relay.RelayConfig;
import ai.exaone.gateway.relay.engine.EngineConnections;
import ai.exaone.gateway.routing.EngineProfile;
import ai.exaone.gateway.routing.ModelRoute;
import ai.exaone.gateway.routing.Replica;
import ai.exaone.gateway.routing.RouteTable;
import ai.exaone.gateway.routing.Router;
import ai.exaone.gateway.routing.Thinking;
import ai.exaone.gateway.routing.TokenCounter;
import ai.exaone.ids.IdGenerator;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The way of a call, from a caller's connection to an engine's, a second time: made of the same classes as the gateway's own, and of nothing
 * of what that holds. What it needs of others stands in this process ({@link LoneIdentity}, {@link GenerousQuota}, {@link RecitingEngine}), its spool is a folder
 * that goes with it, and the only one who gets in is {@link #caller}, by keys that are made for this way and told to nobody.
 */
public final class WarmPath implements AutoCloseable {
    private static final String MODEL = "warm-up";
    private static final String GATEWAY_ID = "warm-up";
    /** As many as an engine of some size has: calls take places, and none waits. */
    private static final int PLACES = 16;

    private static final int CONTEXT_TOKENS = 32_768;
    private static final int DEFAULT_OUTPUT_TOKENS = 256;
    private static final int LONGEST_BODY = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Closing closing = new Closing();
    private final LoneIdentity identity;
    private final WarmDoor door;

    /**
     * Makes the way.
     *
     * @param operations what each path asks for; of them only chat completions are asked for
     * @param keptCalls for requests with an idempotency key, of which there is none here
     */
    public WarmPath(Clock clock, IdGenerator ids, RelayConfig relay, Operations operations, KeptCalls keptCalls)
            throws IOException {
        try {
            this.identity = new LoneIdentity(ids, clock);
            Channel neighbours = neighbours();
            RecitingEngine engine = closing.add(new RecitingEngine());
            SliceAdmission admission =
                    closing.add(SliceAdmission.start(neighbours, GATEWAY_ID, () -> ids.next("slices"), clock));
            ActiveCalls active = closing.add(new ActiveCalls(relay, clock, System::nanoTime));
            RouteTable routes = new RouteTable();
            routes.put(route(engine.url()));
            InputEstimator estimator = new InputEstimator();
            Inference inference = new Inference(
                    new Preparation(new Models(routes), new Exchanges(() -> ids.next("call")), new Holds(estimator)),
                    admission,
                    meter(clock),
                    new Forwarding(router(), new EngineConnections(), neighbours, estimator, relay),
                    relay);
            Entrances entrances = new Entrances(
                    new PublicEntrance(identity.principals(neighbours)),
                    new ConsoleEntrance(LoneIdentity.NOBODY, new Projects(neighbours)));
            this.door = closing.add(new WarmDoor(
                    new HttpDoor(entrances, inference, operations, keptCalls, active, new Stamp(ids, clock)),
                    LONGEST_BODY,
                    relay.requestTimeout()));
        } catch (IOException | RuntimeException failure) {
            closing.close();
            throw failure;
        }
    }

    /** Where callers connect. */
    InetSocketAddress address() {
        return door.address();
    }

    /** A caller that is let in. */
    WarmCaller caller() throws IOException {
        return new WarmCaller(door.address(), identity::key, MODEL, PATIENCE);
    }

    /** Ends all of it. */
    @Override
    public void close() {
        closing.close();
    }

    private Channel neighbours() throws IOException {
        List<BindableService> services = new ArrayList<>(new GenerousQuota(identity.tenantId()).services());
        services.add(identity);
        return closing.add(new Neighbours(services)).channel();
    }

    private Meter meter(Clock clock) throws IOException {
        Path folder = Files.createTempDirectory("gateway-warm-up");
        closing.add(() -> delete(folder));
        Spool spool = closing.add(Spool.open(SpoolConfig.in(folder, SpoolSync.GROUPED), clock));
        // Its own registry: nobody asks it.
        return new Meter(
                spool, System::nanoTime, new CallMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
    }

    private static Router router() {
        return new Router(
                () -> ThreadLocalRandom.current().nextLong(),
                System::nanoTime,
                QueueConfig.DEFAULTS,
                QueueListener.NONE);
    }

    private static ModelRoute route(URI engine) {
        EngineProfile profile = new EngineProfile(
                true, Thinking.OFF, List.of(), true, EngineProfile.REASONING_FIELD, true, TokenCounter.NONE);
        return new ModelRoute(
                MODEL,
                Set.of(Endpoint.CHAT_COMPLETIONS),
                Set.of(),
                CONTEXT_TOKENS,
                DEFAULT_OUTPUT_TOKENS,
                profile,
                List.of(new Replica("rpl_warm_up", engine, "", "engine", PLACES)),
                0,
                Map.of());
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
