/**
 * The usage ledger measured: {@link ai.exaone.ledgerbench.SettleMeasurement} is what calls cost on their way in, {@link
 * ai.exaone.ledgerbench.MonthMeasurement} how soon a month's sums are answered. Enter at {@link
 * ai.exaone.ledgerbench.LedgerBenchApplication}.
 */
@NullMarked
package ai.exaone.ledgerbench;

import org.jspecify.annotations.NullMarked;
