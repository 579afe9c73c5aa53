package ai.exaone.gateway.routing;

import ai.exaone.gateway.openai.Endpoint;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Routes of the model {@code chat}. */
final class TestRoutes {
    private TestRoutes() {}

    /** Replicas {@code rpl_0} and on that take any number of calls. */
    static ModelRoute unbounded(int replicas) {
        return bounded(replicas, 0);
    }

    /** Replicas that take so many calls each. */
    static ModelRoute bounded(int replicas, int places) {
        return bounded(replicas, places, Map.of());
    }

    /** The same with weights of tenants. */
    static ModelRoute bounded(int replicas, int places, Map<String, Integer> shares) {
        return new ModelRoute(
                "chat",
                Set.of(Endpoint.CHAT_COMPLETIONS),
                Set.of(),
                0,
                0,
                new EngineProfile(
                        true,
                        Thinking.UNKNOWN,
                        List.of(),
                        true,
                        EngineProfile.REASONING_FIELD,
                        true,
                        TokenCounter.NONE),
                IntStream.range(0, replicas)
                        .mapToObj(i -> new Replica("rpl_" + i, URI.create("http://127.0.0.1:1"), "", "chat", places))
                        .toList(),
                0,
                shares);
    }
}
