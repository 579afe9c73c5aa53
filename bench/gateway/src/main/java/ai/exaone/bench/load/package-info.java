/**
 * Asks one target as set out in a {@link ai.exaone.bench.load.Load}, checks every answer to its last byte, and counts. Enter at
 * {@link ai.exaone.bench.load.LoadGenerator}.
 */
@NullMarked
package ai.exaone.bench.load;

import org.jspecify.annotations.NullMarked;
