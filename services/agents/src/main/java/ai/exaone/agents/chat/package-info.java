/**
 * Owns agents as models: {@link ai.exaone.agents.chat.AgentInferenceEndpoint} serves OpenAI's chat completions for {@code agent/NAME}, and
 * {@link ai.exaone.agents.chat.AgentChat} makes a run of each call.
 */
@NullMarked
package ai.exaone.agents.chat;

import org.jspecify.annotations.NullMarked;
