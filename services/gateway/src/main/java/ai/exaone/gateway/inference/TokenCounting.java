package ai.exaone.gateway.inference;

import ai.exaone.gateway.admission.InputEstimator;
import ai.exaone.gateway.anthropic.MessagesRequest;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.RequestReader;
import ai.exaone.gateway.queue.Priority;
import ai.exaone.gateway.routing.ModelRoute;
import ai.exaone.gateway.routing.ReplicaLease;
import ai.exaone.gateway.routing.Router;
import ai.exaone.gateway.tokens.EngineTokenizer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counts the tokens of what a message would send to its model: by the engine's own tokenizer and the chat's template where it has one,
 * else by what the model's calls were counted at so far. Nothing is generated, held or recorded. Thread-safe.
 */
public final class TokenCounting {
    static final String PATH = "/v1/messages/count_tokens";

    /** Says how the count was made. */
    static final String HEADER = "x-exaone-token-count";

    private final Models models;
    private final Exchanges exchanges;
    private final Router router;
    private final EngineTokenizer tokenizer;
    private final InputEstimator estimator;
    private final Clock clock;

    public TokenCounting(
            Models models,
            Exchanges exchanges,
            Router router,
            EngineTokenizer tokenizer,
            InputEstimator estimator,
            Clock clock) {
        this.models = models;
        this.exchanges = exchanges;
        this.router = router;
        this.tokenizer = tokenizer;
        this.estimator = estimator;
        this.clock = clock;
    }

    /**
     * Counts the tokens of a request of {@code /v1/messages}.
     *
     * @throws ai.exaone.errors.PlatformException naming what is wrong with it
     */
    Operation.Reply count(Caller caller, String requestId, byte[] body) {
        byte[] chat = MessagesRequest.readToCount(body).chat();
        InferenceRequest request = RequestReader.read(Endpoint.CHAT_COMPLETIONS, chat);
        int depth = caller.principal().depth();
        Callee callee = models.authorise(caller, request, depth);
        OptionalLong exact = switch (callee) {
            case Callee.Agent ignored -> OptionalLong.empty();
            case Callee.Engine(ModelRoute route) -> {
                Call call = new Call(
                        requestId,
                        caller,
                        Endpoint.CHAT_COMPLETIONS,
                        PATH,
                        chat,
                        depth,
                        clock.instant(),
                        System.nanoTime(),
                        System.nanoTime(),
                        Map.of(),
                        Priority.INTERACTIVE);
                yield ask(route, exchanges.prepare(call, request, callee).body().toBytes());
            }
        };
        long tokens = exact.orElseGet(() -> estimator.likely(request.model(), chat.length));
        byte[] json = Json.write(writer -> {
            writer.writeStartObject();
            writer.writeNumberField("input_tokens", tokens);
            writer.writeEndObject();
        });
        return new Operation.Reply(json, Map.of(HEADER, exact.isPresent() ? "exact" : "estimated"));
    }

    private OptionalLong ask(ModelRoute route, byte[] chat) {
        Optional<ReplicaLease> taken = router.any(route);
        if (taken.isEmpty()) {
            return OptionalLong.empty();
        }
        try (ReplicaLease lease = taken.get()) {
            return tokenizer.count(route.profile().tokenCounter(), lease.replica(), chat);
        }
    }
}
