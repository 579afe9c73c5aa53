/**
 * Owns the rule that one process decides at a time: {@link ai.exaone.quota.writer.MySqlWriterEpoch} is the fence that every write passes,
 * {@link ai.exaone.quota.writer.ActiveWriter} is how other features write under it.
 */
@NullMarked
package ai.exaone.quota.writer;

import org.jspecify.annotations.NullMarked;
