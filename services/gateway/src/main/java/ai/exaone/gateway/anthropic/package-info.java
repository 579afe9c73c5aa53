/**
 * Owns Anthropic's Messages API as a translation onto chat completions: {@link ai.exaone.gateway.anthropic.MessagesRequest} turns a
 * request into one, {@link ai.exaone.gateway.anthropic.MessageTranslation} its answer back, {@link
 * ai.exaone.gateway.anthropic.AnthropicError} the failures. It knows no engine.
 */
@NullMarked
package ai.exaone.gateway.anthropic;

import org.jspecify.annotations.NullMarked;
