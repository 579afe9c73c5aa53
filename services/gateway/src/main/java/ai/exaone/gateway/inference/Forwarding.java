package ai.exaone.gateway.inference;

import ai.exaone.gateway.admission.InputEstimator;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.relay.Answer;
import ai.exaone.gateway.relay.RelayConfig;
import ai.exaone.gateway.relay.Upstream;
import ai.exaone.gateway.relay.agent.AgentUpstream;
import ai.exaone.gateway.relay.engine.EngineConnections;
import ai.exaone.gateway.routing.ModelRoute;
import ai.exaone.gateway.routing.PlaceSeeker;
import ai.exaone.gateway.routing.Replica;
import ai.exaone.gateway.routing.RetryBudget;
import ai.exaone.gateway.routing.Router;
import ai.exaone.gateway.routing.Waiting;
import io.grpc.Channel;
import java.util.Optional;

/** Forwards admitted calls and gives their answers back, with each record's end before the last byte. Thread-safe. */
public final class Forwarding {
    /** A prompt's tokens are read many at once, an answer's are made one by one. */
    private static final int INPUT_TOKENS_AT_ONCE = 8;

    private final Router router;
    private final EngineConnections engines;
    private final Channel agents;
    private final InputEstimator estimator;
    private final RelayConfig config;
    private final RetryBudget retries = new RetryBudget();

    public Forwarding(
            Router router, EngineConnections engines, Channel agents, InputEstimator estimator, RelayConfig config) {
        this.router = router;
        this.engines = engines;
        this.agents = agents;
        this.estimator = estimator;
        this.config = config;
    }

    /** Forwards a call, on the answer's event loop. Whatever happens the answer is ended, the books are closed, and it is over. */
    void forward(
            Exchange exchange, ActiveCall active, Settlement books, Answer answer, Overhead overhead, Runnable over) {
        retries.called();
        new Forward(this, exchange, new Ends(active, books, answer, overhead), over).start();
    }

    /** What a forwarded call ends in, on the caller's side. */
    record Ends(ActiveCall active, Settlement books, Answer answer, Overhead overhead) {}

    RelayConfig config() {
        return config;
    }

    /** Whether one more attempt may be made of any call. */
    boolean mayRetry() {
        return retries.spend();
    }

    /** Wants a place at a replica; the seeker is told at once, or later where something is returned. */
    Optional<Waiting> seek(ModelRoute route, PlaceSeeker seeker) {
        return router.seek(route, seeker);
    }

    /** What a call will likely cost its engine, in tokens of output. */
    long likelyCost(Exchange exchange, ModelRoute route) {
        InferenceRequest request = exchange.request();
        long output = request.endpoint().generates()
                ? request.outputTokens().orElse(Math.max(1, route.defaultOutputTokens())) * request.choices()
                : 0;
        return Math.max(1, likelyInput(exchange) / INPUT_TOKENS_AT_ONCE + output);
    }

    Upstream engine(Replica replica) {
        return engines.to(replica);
    }

    Upstream agent(Call call, int depth, String token) {
        return new AgentUpstream(agents, call.caller().projectId(), token, depth);
    }

    long likelyInput(Exchange exchange) {
        return estimator.likely(exchange.request().model(), exchange.call().body().length);
    }

    void learn(Exchange exchange, TokenCounts counted) {
        if (!counted.estimated()) {
            estimator.learn(exchange.request().model(), exchange.call().body().length, counted.input());
        }
    }
}
