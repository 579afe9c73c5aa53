/**
 * Runs every kind of load at every target in turn, round after round, and tells what came out. Enter at {@link
 * ai.exaone.bench.comparison.Comparison}.
 */
@NullMarked
package ai.exaone.bench.comparison;

import org.jspecify.annotations.NullMarked;
