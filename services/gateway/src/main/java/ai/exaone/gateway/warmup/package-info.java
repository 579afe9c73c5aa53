/**
 * Owns what a gateway does with itself before callers come: {@link ai.exaone.gateway.warmup.WarmUp} sends calls of its own along the way that
 * all calls go, so that the first caller's finds it loaded and compiled. The way is another one, of the same classes: its key, limits, spool,
 * metrics and engine are its own and go with it.
 */
@NullMarked
package ai.exaone.gateway.warmup;

import org.jspecify.annotations.NullMarked;
