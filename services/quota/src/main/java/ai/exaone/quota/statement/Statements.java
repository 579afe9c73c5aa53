package ai.exaone.quota.statement;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.tenancy.TimeZones;
import ai.exaone.quota.usage.CallSums;
import ai.exaone.quota.writer.ActiveWriter;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Monthly statements, and their closing. Thread-safe. */
public final class Statements {
    private static final Logger LOG = LoggerFactory.getLogger(Statements.class);
    private static final int TENANTS_TOGETHER = 200;

    private final StatementStore store;
    private final ActiveWriter writer;
    private final TimeZones zones;
    private final Clock clock;
    private final Duration closeAfter;

    /**
     * @param zones where months begin
     * @param closeAfter from the end of a month to the closing of its statement
     */
    public Statements(StatementStore store, ActiveWriter writer, TimeZones zones, Clock clock, Duration closeAfter) {
        this.store = store;
        this.writer = writer;
        this.zones = zones;
        this.clock = clock;
        this.closeAfter = closeAfter;
    }

    /**
     * The statement of a month.
     *
     * @param projectId only this project's lines; empty for all
     * @throws PlatformException STATEMENT_NOT_FOUND for a month that has not begun
     */
    public Statement get(String tenantId, YearMonth month, String projectId) {
        StatementStore.Month stored = store.month(tenantId, month, projectId);
        // A tenant that moved may have calls in a month that has not begun where it is now.
        if (stored.charges().isEmpty() && month.isAfter(current(tenantId))) {
            throw new PlatformException(StatementError.STATEMENT_NOT_FOUND, "The month has not begun.");
        }
        return Statement.of(
                tenantId, period(tenantId, month, stored.closing()), stored.charges(), stored.later(), stored.rates());
    }

    /** The statements of months that have calls, and of the current one, newest first; without lines. */
    public Page<Statement> list(String tenantId, String projectId, PageRequest page) {
        YearMonth current = current(tenantId);
        List<Statement> months = store.months(tenantId, projectId).stream()
                .map(sums -> new Statement(
                        tenantId,
                        period(tenantId, sums.month(), sums.closing()),
                        sums.refused(),
                        sums.sums(),
                        CallSums.NOTHING,
                        List.of()))
                .toList();
        boolean begun = months.stream().anyMatch(month -> month.period().month().equals(current));
        Stream<Statement> newest = begun ? Stream.empty() : Stream.of(empty(tenantId, current));
        String after = page.after().orElse("");
        List<Statement> rows = Stream.concat(newest, months.stream())
                .filter(row -> after.isEmpty() || name(row).compareTo(after) < 0)
                .sorted((one, other) -> name(other).compareTo(name(one)))
                .limit(page.rows())
                .toList();
        return Page.of(page, rows, row -> PageToken.of(name(row)));
    }

    /**
     * Closes what is due. A tenant whose sums are known to differ from the ledger waits until they do not.
     *
     * @throws PlatformException QUOTA_UNAVAILABLE while another process is the active writer
     */
    public void closeDue() {
        // Nowhere is it later than this, so no tenant's month is missed.
        YearMonth latest = due(ZoneId.of("Etc/GMT-14"));
        String after = "";
        List<String> tenants;
        do {
            tenants = store.closingBefore(latest, after, TENANTS_TOGETHER);
            tenants.forEach(this::closeDue);
            after = tenants.isEmpty() ? after : tenants.getLast();
        } while (tenants.size() == TENANTS_TOGETHER);
    }

    private void closeDue(String tenantId) {
        YearMonth due = due(zones.of(tenantId));
        List<YearMonth> unclosed = store.unclosed(tenantId, due);
        if (store.isInDoubt(tenantId)) {
            LOG.error("The statement of {} is not closed for {}: its sums differ from the ledger", due, tenantId);
            return;
        }
        Stream.concat(unclosed.stream(), Stream.of(due)).distinct().forEach(month -> close(tenantId, month));
    }

    private void close(String tenantId, YearMonth month) {
        writer.change(epoch -> {
            store.close(epoch, tenantId, new StatementStore.Closing(month, zones.of(tenantId), clock.instant()));
            return epoch;
        });
    }

    /** The latest month of a zone that is over for long enough. */
    private YearMonth due(ZoneId zone) {
        return YearMonth.from(clock.instant().minus(closeAfter).atZone(zone)).minusMonths(1);
    }

    private YearMonth current(String tenantId) {
        return YearMonth.from(clock.instant().atZone(zones.of(tenantId)));
    }

    private Statement empty(String tenantId, YearMonth month) {
        return new Statement(
                tenantId, period(tenantId, month, Optional.empty()), 0, CallSums.NOTHING, CallSums.NOTHING, List.of());
    }

    private Statement.Period period(String tenantId, YearMonth month, Optional<StatementStore.Closing> closing) {
        if (closing.isPresent()) {
            var closed = closing.get();
            return new Statement.Period(month, closed.zone(), Statement.State.CLOSED, closed.at());
        }
        ZoneId zone = zones.of(tenantId);
        Instant end = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
        boolean over = !clock.instant().isBefore(end);
        return new Statement.Period(
                month, zone, over ? Statement.State.ENDED : Statement.State.OPEN, end.plus(closeAfter));
    }

    private static String name(Statement statement) {
        return statement.period().month().toString();
    }
}
