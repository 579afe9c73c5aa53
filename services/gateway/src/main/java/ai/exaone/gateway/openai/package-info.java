/**
 * Owns the shapes of OpenAI's wire: {@link ai.exaone.gateway.openai.RequestReader} reads and checks a request's body without
 * building it, {@link ai.exaone.gateway.openai.Splice} changes it in place, {@link ai.exaone.gateway.openai.EventScanner} and
 * {@link ai.exaone.gateway.openai.AnswerMapping} do the same for answers, {@link ai.exaone.gateway.openai.OpenAiError} is the one
 * shape of failures.
 */
@NullMarked
package ai.exaone.gateway.openai;

import org.jspecify.annotations.NullMarked;
