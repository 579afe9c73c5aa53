package ai.exaone.gateway.fakes;

import ai.exaone.proto.serving.internal.v1.Route;
import ai.exaone.proto.serving.internal.v1.RouteProfile;
import ai.exaone.proto.serving.internal.v1.RouteReplica;
import ai.exaone.proto.serving.internal.v1.ThinkingDefault;
import ai.exaone.proto.serving.v1.ModelCapability;
import ai.exaone.rpc.watch.WatchServer;
import java.net.URI;
import java.util.List;

/** Serving as far as the gateway sees it: the log of routes. */
public final class InMemoryServing {
    private final InMemoryLog log = new InMemoryLog("routes");
    private final WatchServer watches = new WatchServer(List.of(log));

    WatchServer watches() {
        return watches;
    }

    /** A route for chat with these replicas, whose engines do everything themselves. */
    public static Route.Builder chat(String model, List<URI> replicas) {
        Route.Builder route = Route.newBuilder()
                .setModel(model)
                .addCapabilities(ModelCapability.MODEL_CAPABILITY_CHAT)
                .setContextTokens(8192)
                .setDefaultOutputTokens(256)
                .setCreateSeconds(1_700_000_000)
                .setProfile(RouteProfile.newBuilder()
                        .setName("stub")
                        .setToolCalls(true)
                        .setStreamUsage(true)
                        .setEmbeddingFormats(true)
                        .setThinking(ThinkingDefault.THINKING_DEFAULT_OFF)
                        .addReservedFields("lora"));
        for (int i = 0; i < replicas.size(); i++) {
            route.addReplicas(RouteReplica.newBuilder()
                    .setReplicaId("rpl_" + (i + 1))
                    .setUrl(replicas.get(i).toString())
                    .setKey("engine-secret"));
        }
        return route;
    }

    /** Puts a route; returns when every gateway has it. */
    public void put(Route route) {
        log.put(route.getModel(), route);
        Acknowledgements.await(watches, "routes", log.revision());
    }
}
