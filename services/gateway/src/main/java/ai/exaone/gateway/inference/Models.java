package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.routing.ModelRoute;
import ai.exaone.gateway.routing.RouteTable;
import ai.exaone.gateway.routing.RoutingError;
import java.util.List;
import java.util.Optional;

/** Says which models a caller may name. Thread-safe. */
public final class Models {
    static final String AGENT_PREFIX = "agent/";
    private static final int DEEPEST = 5;

    private final RouteTable routes;

    public Models(RouteTable routes) {
        this.routes = routes;
    }

    /**
     * Finds what answers a request, if the caller may call it so.
     *
     * @throws PlatformException MODEL_NOT_FOUND when there is no such model for the caller, MODEL_CAPABILITY_MISSING when it does
     *     something else, PARAMETER_RESERVED when the request sets what is the platform's to set
     */
    Callee authorise(Caller caller, InferenceRequest request, int depth) {
        if (request.model().startsWith(AGENT_PREFIX)) {
            return agent(caller, request, depth);
        }
        ModelRoute route = find(caller, request.model()).orElseThrow(() -> notFound(request.model()));
        if (!route.endpoints().contains(request.endpoint())) {
            throw PlatformException.because(
                            RoutingError.MODEL_CAPABILITY_MISSING,
                            "The model '" + request.model() + "' does not answer "
                                    + request.endpoint().path() + ".")
                    .violation("model", "It does something else.")
                    .build();
        }
        request.refuse(route.profile().reservedFields());
        ReasoningEffort.require(request, route.profile().thinking());
        return new Callee.Engine(route);
    }

    /** The model of a name, if the caller may call it. */
    Optional<ModelRoute> find(Caller caller, String name) {
        return routes.find(caller.tenantId(), name)
                .filter(route -> caller.principal().mayCall(name));
    }

    /** All models that the caller may call, by name. Agents are not among them. */
    List<ModelRoute> visibleTo(Caller caller) {
        return routes.visibleTo(caller.tenantId()).stream()
                .filter(route -> caller.principal().mayCall(route.name()))
                .toList();
    }

    static PlatformException notFound(String model) {
        return PlatformException.because(
                        RoutingError.MODEL_NOT_FOUND,
                        "The model '" + model + "' does not exist or you do not have access to it.")
                .violation("model", "There is no such model.")
                .build();
    }

    private static Callee agent(Caller caller, InferenceRequest request, int depth) {
        if (!caller.principal().mayCall(request.model()) || request.endpoint() != Endpoint.CHAT_COMPLETIONS) {
            throw notFound(request.model());
        }
        if (depth >= DEEPEST) {
            throw new PlatformException(
                    InferenceError.AGENT_DEPTH_EXCEEDED, "Agents may call one another " + DEEPEST + " deep at most.");
        }
        return new Callee.Agent(depth + 1);
    }
}
