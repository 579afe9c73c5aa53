package ai.exaone.quota.reconciliation;

import ai.exaone.audit.Act;
import ai.exaone.quota.usage.SumKey;
import ai.exaone.quota.writer.SupersededException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ledger as it is compared, and what was found. Comparisons see one moment and lock nothing. Writes are made under the writer's epoch, or
 * throw {@link SupersededException}.
 */
public interface ReconciliationStore {
    /**
     * A tenant's days.
     *
     * @param last inclusive
     */
    record Days(LocalDate first, LocalDate last) {}

    /**
     * The tenants that the ledger or its sums have, in order.
     *
     * @param after the last one that was had before; empty for the first
     */
    List<String> tenants(String after, int limit);

    /** From which day on the ledger has all rows: days before were pruned and cannot be compared. */
    LocalDate completeFrom();

    /** From which day to which a tenant has calls, or sums of them, that can be compared. The ends may be a day too far. */
    Optional<Days> days(String tenantId);

    /** A tenant's ledger and sums on some days. */
    ComparedSums compare(String tenantId, Days days);

    /** A tenant's closed statements, and what the sums say of their months. Sums of a month stand for all of its days. */
    Comparison<SumKey> statements(String tenantId);

    /** Hours since a moment in which what gateways' spools brought is not what the ledger has of them. */
    Map<Difference.Subject, List<Difference.Finding>> spools(Instant since);

    /** Watermarks that are not where the gateways' spools were last read up to. */
    Map<Difference.Subject, List<Difference.Finding>> watermarks();

    /**
     * Differences of one kind that are open.
     *
     * @param tenantId empty where that kind has none
     */
    List<Difference> open(DifferenceKind kind, String tenantId);

    /**
     * Differences, the newest first.
     *
     * @param after the last one of the page before; empty for the first page
     */
    List<Difference> list(boolean resolvedToo, Optional<String> after, int limit);

    /** How many differences are open. */
    long countOpen();

    /** Notes differences that were found, again or for the first time. */
    void found(long epoch, List<Difference> differences);

    /** Notes that differences are gone. */
    void resolved(long epoch, List<Difference> differences, Instant at);

    /**
     * Adds to sums what they lack. Calls may be recorded between the comparison and this: they add to both the ledger and the sums, and do not
     * change what was lacking.
     */
    void correct(long epoch, String tenantId, LocalDate day, ComparedSums.Missing missing, Act act);

    Turn turn();

    void ended(long epoch, Turn turn);
}
