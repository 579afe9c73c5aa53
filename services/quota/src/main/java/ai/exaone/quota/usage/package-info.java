/**
 * Owns the ledger's rows and what is read from them: {@link ai.exaone.quota.usage.UsageRecord} is one call,
 * {@link ai.exaone.quota.usage.UsageReports} lists and sums them. Rows come in through {@code ledger}.
 */
@NullMarked
package ai.exaone.quota.usage;

import org.jspecify.annotations.NullMarked;
