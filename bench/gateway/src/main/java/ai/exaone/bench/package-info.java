/**
 * The gateway measured beside its peers. {@code upstream} is the engine in place of a model; {@code load} asks and checks; {@code
 * machine} reads what it cost; {@code target} starts who is measured; {@code comparison} puts runs and tables together. Enter at
 * {@link ai.exaone.bench.BenchApplication}.
 */
@NullMarked
package ai.exaone.bench;

import org.jspecify.annotations.NullMarked;
