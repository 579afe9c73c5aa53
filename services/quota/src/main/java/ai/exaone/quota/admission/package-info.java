/**
 * Owns who may use how much now. Start at {@link ai.exaone.quota.admission.Admission}.
 *
 * <p>Decisions are made in memory, one tenant at a time under its {@link ai.exaone.quota.admission.Book}'s lock, so that checking and taking
 * are one step. What was taken is written by the {@link ai.exaone.quota.admission.Journal}, many requests in one transaction, before any is
 * answered. {@link ai.exaone.quota.admission.Generations} builds the memory from the database at the start and again whenever a write's
 * outcome is in doubt, always under a new epoch.
 */
@NullMarked
package ai.exaone.quota.admission;

import org.jspecify.annotations.NullMarked;
