/**
 * Owns for how long the ledger keeps single calls: {@link ai.exaone.quota.retention.LedgerRetention} makes the ledger's weeks ahead of time and removes those
 * that are over. Sums and statements stay.
 */
@NullMarked
package ai.exaone.quota.retention;

import org.jspecify.annotations.NullMarked;
