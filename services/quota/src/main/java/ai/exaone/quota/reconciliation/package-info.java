/**
 * Owns the proof that what is derived from the ledger is what the ledger says: {@link ai.exaone.quota.reconciliation.Reconciler} compares them
 * in turns, keeps the differences it finds, and derives a day's sums again.
 */
@NullMarked
package ai.exaone.quota.reconciliation;

import org.jspecify.annotations.NullMarked;
