package ai.exaone.gateway.inference;

import ai.exaone.gateway.openai.AnswerMapping;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.openai.Splice;
import java.util.Optional;

/**
 * A call that is ready to be forwarded.
 *
 * @param body what is sent, still under the model's public name
 * @param mapping what is done to the answer
 * @param thoughts the engine's field of thoughts; empty where the model is not asked to think
 */
record Exchange(
        Call call,
        InferenceRequest request,
        Callee callee,
        Splice body,
        AnswerMapping mapping,
        Optional<String> thoughts) {}
