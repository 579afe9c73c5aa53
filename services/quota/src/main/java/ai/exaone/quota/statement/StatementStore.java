package ai.exaone.quota.statement;

import ai.exaone.quota.price.Rates;
import ai.exaone.quota.usage.CallSums;
import ai.exaone.quota.writer.SupersededException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What statements are made of, and which are closed. A project that is empty stands for all. */
public interface StatementStore {
    /**
     * The closing of a month's statement.
     *
     * @param zone in which it was the month
     */
    record Closing(YearMonth month, ZoneId zone, Instant at) {}

    /**
     * A month as it is at one moment.
     *
     * @param closing of this month, or of the first closed one after it; empty while it is not closed
     * @param charges of a closed month as they were when it was closed
     * @param later calls of the month that are on later statements
     * @param rates of the prices that the charges name
     */
    record Month(Optional<Closing> closing, List<Charges> charges, CallSums later, Map<String, Rates> rates) {}

    /**
     * The sums of one month's statement, without lines.
     *
     * @param refused calls among them that were refused
     */
    record MonthSums(YearMonth month, Optional<Closing> closing, long refused, CallSums sums) {}

    Month month(String tenantId, YearMonth month, String projectId);

    /** The months of a tenant that have calls, newest first. */
    List<MonthSums> months(String tenantId, String projectId);

    /**
     * Tenants whose last closed month is before a month, or that have none closed, in order.
     *
     * @param after the last one that was had before; empty for the first
     */
    List<String> closingBefore(YearMonth month, String after, int limit);

    /** Months up to one, that have calls of a tenant and are not closed, earliest first. */
    List<YearMonth> unclosed(String tenantId, YearMonth until);

    /** Whether the sums of a tenant are known to differ from its ledger. */
    boolean isInDoubt(String tenantId);

    /**
     * Closes a month: what its statement says is copied, and calls recorded from now on are on a later one. No call is recorded while it does so.
     * Does nothing where it is closed.
     *
     * @throws SupersededException the epoch is over; nothing was stored
     */
    void close(long epoch, String tenantId, Closing closing);
}
