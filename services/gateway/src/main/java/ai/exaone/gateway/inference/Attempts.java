package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.metering.MeteredCall;
import ai.exaone.gateway.relay.AgentUpstream;
import ai.exaone.gateway.relay.EngineUpstream;
import ai.exaone.gateway.relay.RelayConfig;
import ai.exaone.gateway.relay.Upstream;
import ai.exaone.gateway.relay.UpstreamException;
import ai.exaone.gateway.relay.UpstreamRequest;
import ai.exaone.gateway.routing.ModelRoute;
import ai.exaone.gateway.routing.ReplicaLease;
import ai.exaone.gateway.routing.Router;
import io.grpc.Channel;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for an answer until its first piece is there: one replica after another, since nothing was sent to the caller yet. */
public final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final Router router;
    private final CloseableHttpClient engines;
    private final Channel agents;
    private final RelayConfig config;

    public Attempts(Router router, CloseableHttpClient engines, Channel agents, RelayConfig config) {
        this.router = router;
        this.engines = engines;
        this.agents = agents;
        this.config = config;
    }

    /**
     * Opens an answer, to be closed by the caller.
     *
     * @throws PlatformException when nobody answers, the engine refuses the request, or the call was ended from outside
     */
    Opened open(Exchange exchange, ActiveCall active, MeteredCall record) {
        return switch (exchange.callee()) {
            case Callee.Engine(ModelRoute route) -> openEngine(exchange, route, active, record);
            case Callee.Agent(int depth) -> openAgent(exchange, depth, active);
        };
    }

    private Opened openEngine(Exchange exchange, ModelRoute route, ActiveCall active, MeteredCall record) {
        Set<String> tried = new HashSet<>();
        AttemptFailure failure = AttemptFailure.noReplica();
        while (tried.size() < config.attempts() && failure.triesAnother()) {
            Optional<ReplicaLease> taken = router.take(route, tried);
            if (taken.isEmpty()) {
                break;
            }
            ReplicaLease lease = taken.get();
            tried.add(lease.replica().id());
            record.replica(lease.replica().id());
            try {
                Opened opened = attempt(exchange, lease, active);
                lease.answered();
                return opened;
            } catch (AttemptFailure failed) {
                failure = failed;
                leave(lease, failed);
                active.requireRunning();
                LOG.warn(
                        "{}: {} did not answer: {}",
                        exchange.call().requestId(),
                        lease.replica(),
                        String.valueOf(failed.getCause()));
            } catch (RuntimeException refused) {
                lease.close();
                throw refused;
            }
        }
        throw failure.toPlatformException(route.name());
    }

    private Opened attempt(Exchange exchange, ReplicaLease lease, ActiveCall active) throws AttemptFailure {
        UpstreamRequest request = new UpstreamRequest(
                exchange.call().requestId(),
                exchange.call().endpoint().path(),
                EngineBody.named(
                        exchange.body(), exchange.request(), lease.replica().engineModel()));
        Upstream upstream = new EngineUpstream(engines, lease.replica());
        try {
            FirstPiece piece = new FirstPiece(upstream.open(request, active), config, lease::close);
            return piece.ofEngine(exchange.request().stream());
        } catch (UpstreamException failed) {
            throw AttemptFailure.of(failed);
        }
    }

    private static void leave(ReplicaLease lease, AttemptFailure failed) {
        if (failed.ejects()) {
            lease.failed();
        }
        lease.close();
    }

    private Opened openAgent(Exchange exchange, int depth, ActiveCall active) {
        Caller caller = exchange.call().caller();
        Upstream upstream =
                new AgentUpstream(agents, caller.projectId(), caller.token().token(), depth);
        UpstreamRequest request = new UpstreamRequest(
                exchange.call().requestId(), exchange.call().endpoint().path(), exchange.body());
        try {
            return new FirstPiece(upstream.open(request, active), config, () -> {})
                    .ofAgent(exchange.request().stream());
        } catch (UpstreamException failed) {
            active.requireRunning();
            LOG.warn("{}: the agents did not answer", exchange.call().requestId(), failed);
            throw AttemptFailure.of(failed)
                    .toPlatformException(exchange.request().model());
        }
    }
}
