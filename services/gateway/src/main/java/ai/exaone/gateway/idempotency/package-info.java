/**
 * Owns what the header {@code Idempotency-Key} promises: that a call is carried out once, and that whoever asks again is told what came
 * of it. {@link ai.exaone.gateway.idempotency.KeptCalls} decides who carries a call out, {@link
 * ai.exaone.gateway.idempotency.IdempotencyStore} remembers. Calls without the header never come here.
 */
@NullMarked
package ai.exaone.gateway.idempotency;

import org.jspecify.annotations.NullMarked;
