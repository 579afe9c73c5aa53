package ai.exaone.gateway.routing;

import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.proto.serving.internal.v1.Route;
import ai.exaone.proto.serving.internal.v1.RouteProfile;
import ai.exaone.proto.serving.internal.v1.RouteReplica;
import ai.exaone.proto.serving.v1.ModelCapability;
import ai.exaone.proto.serving.v1.TenantShare;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.watch.WatchListener;
import com.google.protobuf.InvalidProtocolBufferException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Feeds the {@link RouteTable} from serving's log {@code routes}. */
public final class RouteFeed implements WatchListener {
    /** The log's name. */
    public static final String LOG = "routes";

    private final RouteTable table;
    private final Router router;

    public RouteFeed(RouteTable table, Router router) {
        this.table = table;
        this.router = router;
    }

    @Override
    public void onState(List<Entry> entries) {
        List<ModelRoute> routes = new ArrayList<>();
        for (Entry entry : entries) {
            if (!entry.getDeleted()) {
                routes.add(route(entry));
            }
        }
        router.know(routes);
        table.replace(routes);
    }

    @Override
    public void onChange(Entry entry) {
        if (entry.getDeleted()) {
            table.remove(entry.getKey());
        } else {
            table.put(route(entry));
        }
        router.know(table.all());
    }

    /** The gateways are those that follow the routes. */
    @Override
    public void onWatchers(int position, int watchers) {
        if (router.isOne(new GatewayPart(position, watchers))) {
            router.know(table.all());
        }
    }

    private static ModelRoute route(Entry entry) {
        try {
            Route route = Route.parseFrom(entry.getValue());
            return new ModelRoute(
                    route.getModel(),
                    endpoints(route),
                    Set.copyOf(route.getTenantIdsList()),
                    route.getContextTokens(),
                    route.getDefaultOutputTokens(),
                    profile(route.getProfile()),
                    route.getReplicasList().stream()
                            .map(replica -> replica(route.getModel(), replica))
                            .toList(),
                    route.getCreateSeconds(),
                    shares(route));
        } catch (InvalidProtocolBufferException notARoute) {
            throw new IllegalArgumentException("The entry " + entry.getKey() + " is not a route", notARoute);
        }
    }

    private static Set<Endpoint> endpoints(Route route) {
        Set<Endpoint> endpoints = EnumSet.noneOf(Endpoint.class);
        for (ModelCapability capability : route.getCapabilitiesList()) {
            switch (capability) {
                case MODEL_CAPABILITY_CHAT -> {
                    endpoints.add(Endpoint.CHAT_COMPLETIONS);
                    if (route.getProfile().getCompletions()) {
                        endpoints.add(Endpoint.COMPLETIONS);
                    }
                }
                case MODEL_CAPABILITY_RERANK -> {
                    if (route.getProfile().getRerank()) {
                        endpoints.add(Endpoint.RERANK);
                    }
                }
                case MODEL_CAPABILITY_EMBEDDINGS -> endpoints.add(Endpoint.EMBEDDINGS);
                // What a newer serving knows and we do not offer.
                case MODEL_CAPABILITY_UNSPECIFIED, UNRECOGNIZED -> {}
            }
        }
        return endpoints;
    }

    private static EngineProfile profile(RouteProfile profile) {
        Thinking thinking = switch (profile.getThinking()) {
            case THINKING_DEFAULT_OFF -> Thinking.OFF;
            case THINKING_DEFAULT_ON -> Thinking.ON;
            case THINKING_DEFAULT_NEVER -> Thinking.NEVER;
            case THINKING_DEFAULT_ALWAYS -> Thinking.ALWAYS;
            case THINKING_DEFAULT_NONE, THINKING_DEFAULT_UNSPECIFIED, UNRECOGNIZED -> Thinking.UNKNOWN;
        };
        TokenCounter tokenCounter = switch (profile.getTokenCounter()) {
            case TOKEN_COUNTER_LLAMA_CPP -> TokenCounter.LLAMA_CPP;
            case TOKEN_COUNTER_VLLM -> TokenCounter.VLLM;
            case TOKEN_COUNTER_UNSPECIFIED, UNRECOGNIZED -> TokenCounter.NONE;
        };
        String reasoningField = profile.getReasoningField();
        return new EngineProfile(
                profile.getToolCalls(),
                thinking,
                profile.getReservedFieldsList(),
                profile.getStreamUsage(),
                reasoningField.isEmpty() ? EngineProfile.REASONING_FIELD : reasoningField,
                profile.getEmbeddingFormats(),
                tokenCounter);
    }

    private static Map<String, Integer> shares(Route route) {
        return route.getTenantSharesList().stream()
                .collect(Collectors.toMap(TenantShare::getTenantId, TenantShare::getWeight, Math::max));
    }

    private static Replica replica(String model, RouteReplica replica) {
        String engineModel = replica.getEngineModel();
        return new Replica(
                replica.getReplicaId(),
                URI.create(replica.getUrl()),
                replica.getKey(),
                engineModel.isEmpty() ? model : engineModel,
                replica.getConcurrentRequests());
    }
}
