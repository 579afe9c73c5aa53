package ai.exaone.gateway.inference;

import ai.exaone.gateway.openai.AnswerMapping;
import ai.exaone.gateway.openai.Base64EmbeddingMapping;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.openai.ModelNameMapping;
import ai.exaone.gateway.openai.ReasoningFieldMapping;
import ai.exaone.gateway.openai.Splice;
import ai.exaone.gateway.routing.EngineProfile;
import ai.exaone.gateway.routing.ModelRoute;
import java.util.List;

/** Prepares what is sent, and what is done to the answer. */
final class Exchanges {
    private Exchanges() {}

    static Exchange prepare(Call call, InferenceRequest request, Callee callee) {
        return switch (callee) {
            case Callee.Agent ignored ->
                new Exchange(call, request, callee, new Splice(request.body(), List.of()), AnswerMapping.NONE);
            case Callee.Engine(ModelRoute route) -> engine(call, request, callee, route);
        };
    }

    private static Exchange engine(Call call, InferenceRequest request, Callee callee, ModelRoute route) {
        return new Exchange(
                call, request, callee, EngineBody.of(request, route, List.of()), mapping(request, route));
    }

    private static AnswerMapping mapping(InferenceRequest request, ModelRoute route) {
        AnswerMapping mapping = AnswerMapping.NONE;
        boolean renamed = route.replicas().stream()
                .anyMatch(replica -> !replica.engineModel().equals(request.model()));
        if (renamed) {
            mapping = new ModelNameMapping(request.model());
        }
        if (!route.profile().reasoningField().equals(EngineProfile.REASONING_FIELD)) {
            mapping = join(
                    mapping,
                    new ReasoningFieldMapping(route.profile().reasoningField(), EngineProfile.REASONING_FIELD));
        }
        if (EngineBody.needsBase64(request, route.profile())) {
            mapping = join(mapping, new Base64EmbeddingMapping());
        }
        return mapping;
    }

    private static AnswerMapping join(AnswerMapping first, AnswerMapping second) {
        return first == AnswerMapping.NONE ? second : first.then(second);
    }
}
