package ai.exaone.gateway.inference;

import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.admission.InputEstimator;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.routing.ModelRoute;

/** Says what a call can come to at the most. */
public final class Holds {
    private final InputEstimator estimator;

    public Holds(InputEstimator estimator) {
        this.estimator = estimator;
    }

    HoldRequest of(Exchange exchange) {
        Call call = exchange.call();
        InferenceRequest request = exchange.request();
        return switch (exchange.callee()) {
            // One request, and nothing else: the agent's own calls count what it uses.
            case Callee.Agent ignored -> hold(call, request, 0, 0);
            case Callee.Engine(ModelRoute route) -> {
                long context = route.contextTokens() > 0 ? route.contextTokens() : Integer.MAX_VALUE;
                long input = Math.min(
                        context, estimator.most(request.model(), exchange.body().length()));
                long output = request.endpoint().generates()
                        ? Math.min(context, request.outputTokens().orElse(outputByDefault(route)))
                        : 0;
                yield hold(call, request, input, output * request.choices());
            }
        };
    }

    /** Without a default the context is the only bound. */
    private static long outputByDefault(ModelRoute route) {
        return route.defaultOutputTokens() > 0 ? route.defaultOutputTokens() : route.contextTokens();
    }

    private static HoldRequest hold(Call call, InferenceRequest request, long input, long output) {
        return new HoldRequest(
                call.requestId(),
                call.arrivedAt(),
                call.caller().principal(),
                call.caller().projectId(),
                request.model(),
                input,
                output);
    }
}
