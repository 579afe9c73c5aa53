/** Owns how engines are asked for the number of a chat's tokens: {@link ai.exaone.gateway.tokens.EngineTokenizer}. */
@NullMarked
package ai.exaone.gateway.tokens;

import org.jspecify.annotations.NullMarked;
