package ai.exaone.gateway.inference;

import ai.exaone.gateway.openai.AnswerMapping;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.openai.Splice;

/**
 * A call that is ready to be forwarded.
 *
 * @param body what is sent, still under the model's public name
 * @param mapping what is done to the answer
 */
record Exchange(Call call, InferenceRequest request, Callee callee, Splice body, AnswerMapping mapping) {}
