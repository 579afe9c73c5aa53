/**
 * Owns what tests of every module stand on: real database servers ({@link ai.exaone.testing.TestDatabase}), a clock that moves on
 * command, faults of stored and remote writes, and the {@link ai.exaone.testing.ArchitectureRules}. Only ever on a test class path.
 */
@NullMarked
package ai.exaone.testing;

import org.jspecify.annotations.NullMarked;
