package ai.exaone.gateway.inference;

import ai.exaone.gateway.edge.Edge;
import ai.exaone.gateway.idempotency.KeptCalls;
import ai.exaone.gateway.relay.client.ExchangeHandler;
import ai.exaone.gateway.relay.client.HttpExchange;
import ai.exaone.gateway.relay.client.RequestTarget;
import ai.exaone.rpc.CallContext;
import io.grpc.Context;
import java.util.Optional;

/** The door over HTTP: the API's paths, by whichever entrance. Thread-safe. */
public final class HttpDoor implements ExchangeHandler {
    private final Entrances entrances;
    private final Inference inference;
    private final Operations operations;
    private final KeptCalls keptCalls;
    private final ActiveCalls active;
    private final Stamp stamp;

    public HttpDoor(
            Entrances entrances,
            Inference inference,
            Operations operations,
            KeptCalls keptCalls,
            ActiveCalls active,
            Stamp stamp) {
        this.entrances = entrances;
        this.inference = inference;
        this.operations = operations;
        this.keptCalls = keptCalls;
        this.active = active;
        this.stamp = stamp;
    }

    @Override
    public boolean takes(String target) {
        return entrances.of(RequestTarget.rawPath(target)).isPresent();
    }

    @Override
    public void serve(HttpExchange exchange) {
        String requestId = stamp.requestId();
        exchange.header(Edge.REQUEST_ID, requestId);
        CallContext context = new CallContext(Optional.empty(), Optional.empty(), requestId, exchange.callerAddress());
        Context previous = Context.current().withValue(CallContext.KEY, context).attach();
        try {
            new Arrival(this, exchange, requestId, Context.current()).admit();
        } finally {
            Context.current().detach(previous);
        }
    }

    Entrances entrances() {
        return entrances;
    }

    Inference inference() {
        return inference;
    }

    Operations operations() {
        return operations;
    }

    KeptCalls keptCalls() {
        return keptCalls;
    }

    ActiveCalls active() {
        return active;
    }

    Stamp stamp() {
        return stamp;
    }
}
