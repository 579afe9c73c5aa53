/**
 * Owns tool calls on engines that neither parse nor enforce them. {@link ai.exaone.gateway.openai.tools.ToolEmulation} asks such an
 * engine for an answer that follows a JSON schema over the calls and the plain answer, and turns it back into {@code tool_calls}.
 * This is the slow way: everything of a call passes through it.
 */
@NullMarked
package ai.exaone.gateway.openai.tools;

import org.jspecify.annotations.NullMarked;
