package ai.exaone.serving.route;

import ai.exaone.proto.serving.internal.v1.Route;
import ai.exaone.proto.serving.internal.v1.RouteProfile;
import ai.exaone.proto.serving.internal.v1.RouteReplica;
import ai.exaone.proto.serving.internal.v1.ThinkingDefault;
import ai.exaone.proto.serving.internal.v1.TokenCounter;
import ai.exaone.serving.deployment.Deployment;
import ai.exaone.serving.deployment.EngineKey;
import ai.exaone.serving.deployment.Launch;
import ai.exaone.serving.engine.EngineProfile;
import ai.exaone.serving.engine.EngineProfiles;
import ai.exaone.serving.engine.LaunchTemplate;
import ai.exaone.serving.model.Model;
import ai.exaone.serving.model.ModelMessages;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Works out the routing table. Pure: the same input has the same bytes. */
public final class RouteMessages {
    /** The log's name. Its keys are models' names, its values {@link Route}s. */
    public static final String LOG = "routes";

    private final EngineProfiles profiles;

    public RouteMessages(EngineProfiles profiles) {
        this.profiles = profiles;
    }

    /**
     * One route for each model that is deployed, stopped or not; without replicas where none can answer.
     *
     * @param models the catalogue, by name
     * @param deployments all, by model and then by id
     * @param ready in the order in which routes name them
     */
    public Map<String, byte[]> entries(
            Map<String, Model> models, List<Deployment> deployments, List<ReadyReplica> ready) {
        SequencedMap<String, Route.Builder> routes = new TreeMap<>();
        for (Deployment deployment : deployments) {
            Model model = models.get(deployment.model());
            if (model == null) {
                continue;
            }
            EngineProfile profile = profiles.require(deployment.engineProfile());
            Route.Builder route = routes.computeIfAbsent(model.name(), name -> route(model, profile));
            if (!route.getProfile().getName().equals(profile.name())) {
                continue;
            }
            int contextTokens = contextTokens(deployment, profile, model);
            if (route.getContextTokens() == 0 || (contextTokens > 0 && contextTokens < route.getContextTokens())) {
                route.setContextTokens(contextTokens);
            }
            ready.stream()
                    .filter(replica -> replica.deployment().equals(deployment.id()))
                    .forEach(replica -> route.addReplicas(replica(replica, concurrentRequests(deployment, profile))));
        }
        SequencedMap<String, byte[]> entries = new TreeMap<>();
        routes.forEach((name, route) -> entries.put(name, route.build().toByteArray()));
        return entries;
    }

    /** Whether a route has a replica that can answer. */
    static boolean canAnswer(byte[] entry) {
        try {
            return Route.parseFrom(entry).getReplicasCount() > 0;
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("A route was published malformed", malformed);
        }
    }

    /** Most tokens of one request to a deployment's engines; 0 where unknown. */
    private static int contextTokens(Deployment deployment, EngineProfile profile, Model model) {
        int most = model.about().contextTokens();
        return switch (deployment.launch()) {
            case Launch.OnThisMachine local ->
                profile.launchTemplate()
                        .map(template -> template.contextTokens(local.contextTokens(), most))
                        .orElse(most);
            case Launch.Elsewhere elsewhere -> most;
        };
    }

    /** Requests that one of a deployment's engines answers at once; 0 where unknown. */
    private static int concurrentRequests(Deployment deployment, EngineProfile profile) {
        return switch (deployment.launch()) {
            case Launch.OnThisMachine local ->
                profile.launchTemplate().map(LaunchTemplate::slots).orElse(0);
            case Launch.Elsewhere elsewhere -> elsewhere.concurrentRequests();
        };
    }

    private static Route.Builder route(Model model, EngineProfile profile) {
        Route.Builder route = Route.newBuilder()
                .setModel(model.name())
                .addAllTenantIds(model.about().tenantIds())
                .setDefaultOutputTokens(model.about().defaultOutputTokens())
                .setProfile(profile(model, profile))
                .setCreateSeconds(model.createTime().getEpochSecond())
                .addAllTenantShares(ModelMessages.shares(model));
        model.capabilities().stream().sorted().map(ModelMessages::capability).forEach(route::addCapabilities);
        return route;
    }

    private static RouteProfile profile(Model model, EngineProfile profile) {
        return RouteProfile.newBuilder()
                .setName(profile.name())
                .setToolCalls(profile.toolCalls())
                .setThinking(thinking(model, profile))
                .addAllReservedFields(profile.reservedFields())
                .setStreamUsage(profile.streamUsage())
                .setReasoningField(profile.reasoningField())
                .setEmbeddingFormats(profile.embeddingFormats())
                .setCompletions(profile.completions())
                .setRerank(profile.rerank())
                .setTokenCounter(tokenCounter(profile))
                .build();
    }

    /** What the model does of itself is said to every engine that can be told. */
    private static ThinkingDefault thinking(Model model, EngineProfile profile) {
        var told = profile.thinking() == ai.exaone.serving.engine.ThinkingDefault.NONE
                ? profile.thinking()
                : model.thinking().orElse(profile.thinking());
        return switch (told) {
            case NONE -> ThinkingDefault.THINKING_DEFAULT_NONE;
            case OFF -> ThinkingDefault.THINKING_DEFAULT_OFF;
            case ON -> ThinkingDefault.THINKING_DEFAULT_ON;
            case NEVER -> ThinkingDefault.THINKING_DEFAULT_NEVER;
            case ALWAYS -> ThinkingDefault.THINKING_DEFAULT_ALWAYS;
        };
    }

    private static TokenCounter tokenCounter(EngineProfile profile) {
        return switch (profile.tokenCounter()) {
            case NONE -> TokenCounter.TOKEN_COUNTER_UNSPECIFIED;
            case LLAMA_CPP -> TokenCounter.TOKEN_COUNTER_LLAMA_CPP;
            case VLLM -> TokenCounter.TOKEN_COUNTER_VLLM;
        };
    }

    private static RouteReplica replica(ReadyReplica replica, int concurrentRequests) {
        return RouteReplica.newBuilder()
                .setReplicaId(replica.id().value())
                .setUrl(replica.url().toString())
                .setKey(replica.key().map(EngineKey::value).orElse(""))
                .setEngineModel(replica.engineModel())
                .setConcurrentRequests(concurrentRequests)
                .build();
    }
}
