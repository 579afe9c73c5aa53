/**
 * Owns how models are called: {@link ai.exaone.agents.model.ModelCaller} asks through LangChain4j's OpenAI client, whose HTTP is
 * carried by the gateway's inference door ({@link ai.exaone.agents.model.InferenceDoor}).
 */
@NullMarked
package ai.exaone.agents.model;

import org.jspecify.annotations.NullMarked;
