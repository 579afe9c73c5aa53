/**
 * Owns OpenAI's Responses API as a translation onto chat completions, whatever the engine: {@link
 * ai.exaone.gateway.responses.ResponseRequest} reads a request, {@link ai.exaone.gateway.responses.ResponseTranslation} says the answer,
 * {@link ai.exaone.gateway.responses.Responses} keeps what is asked to be kept. The named slower way: everything of a call passes through
 * it.
 */
@NullMarked
package ai.exaone.gateway.responses;

import org.jspecify.annotations.NullMarked;
