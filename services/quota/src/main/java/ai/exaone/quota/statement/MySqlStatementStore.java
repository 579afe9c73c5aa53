package ai.exaone.quota.statement;

import ai.exaone.quota.price.Rates;
import ai.exaone.quota.usage.CallSums;
import ai.exaone.quota.writer.MySqlWriterEpoch;
import ai.exaone.store.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** {@link StatementStore} on MySQL and MariaDB. */
public final class MySqlStatementStore implements StatementStore {
    private static final String MEASURES = """
            SUM(requests) AS requests, SUM(input_tokens) AS input_tokens, SUM(cached_input_tokens) AS cached_input_tokens,
            SUM(output_tokens) AS output_tokens, SUM(reasoning_tokens) AS reasoning_tokens, SUM(amount_micros) AS amount_micros
            """;
    private static final String REFUSED =
            "SUM(CASE WHEN outcome = 'REFUSED' THEN requests ELSE 0 END) AS refused_requests, ";
    private static final String OPEN_CHARGES = """
            SELECT tenant_id, statement_month, DATE_FORMAT(usage_day, '%Y-%m-01') AS usage_month, project_id, model, price_id,
            """ + REFUSED + MEASURES + """
              FROM usage_sum
             WHERE tenant_id = :tenant AND statement_month = :month
            """;
    private static final String CHARGES_GROUP =
            " GROUP BY tenant_id, statement_month, usage_month, project_id, model, price_id";
    private static final String OF_PROJECT = " AND (:project = '' OR project_id = :project) ";

    private final Transactions transactions;
    private final MySqlWriterEpoch writerEpoch;

    public MySqlStatementStore(Transactions transactions, MySqlWriterEpoch writerEpoch) {
        this.transactions = transactions;
        this.writerEpoch = writerEpoch;
    }

    @Override
    public Month month(String tenantId, YearMonth month, String projectId) {
        return transactions.inSnapshot(handle -> {
            Optional<Closing> closing = closing(handle, tenantId, month);
            String charges = closing.isPresent() ? """
                            SELECT usage_month, project_id, model, price_id, refused_requests, requests, input_tokens,
                                   cached_input_tokens, output_tokens, reasoning_tokens, amount_micros
                              FROM statement_line
                             WHERE tenant_id = :tenant AND statement_month = :month
                            """ + OF_PROJECT : OPEN_CHARGES + OF_PROJECT + CHARGES_GROUP;
            List<Charges> found = bind(handle.createQuery(charges), tenantId, month, projectId)
                    .map(MySqlStatementStore::charges)
                    .list();
            CallSums later = closing.isPresent() ? later(handle, tenantId, month, projectId) : CallSums.NOTHING;
            return new Month(closing, found, later, rates(handle, found));
        });
    }

    @Override
    public List<MonthSums> months(String tenantId, String projectId) {
        return transactions.inSnapshot(handle -> {
            List<Closing> closings = closings(handle, tenantId);
            YearMonth closed =
                    closings.isEmpty() ? YearMonth.of(1, 1) : closings.getLast().month();
            Stream<MonthSums> lines = sums(
                    handle,
                    "SELECT statement_month, SUM(refused_requests) AS refused_requests, " + MEASURES + """
                      FROM statement_line
                     WHERE tenant_id = :tenant AND statement_month <= :month
                    """,
                    tenantId,
                    closed,
                    projectId);
            Stream<MonthSums> open =
                    sums(handle, "SELECT statement_month, " + REFUSED + MEASURES + """
                      FROM usage_sum
                     WHERE tenant_id = :tenant AND statement_month > :month
                    """, tenantId, closed, projectId);
            return Stream.concat(lines, open)
                    .map(sums ->
                            new MonthSums(sums.month(), closing(closings, sums.month()), sums.refused(), sums.sums()))
                    .sorted((one, other) -> other.month().compareTo(one.month()))
                    .toList();
        });
    }

    @Override
    public List<String> closingBefore(YearMonth month, String after, int limit) {
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT t.tenant_id
                          FROM (SELECT tenant_id FROM tenant_time_zone WHERE tenant_id > :after
                                UNION
                                SELECT DISTINCT tenant_id FROM usage_sum WHERE tenant_id > :after) t
                          LEFT JOIN (SELECT tenant_id, MAX(month) AS month FROM statement_closing GROUP BY tenant_id) c
                            ON c.tenant_id = t.tenant_id
                         WHERE c.month IS NULL OR c.month < :month
                         ORDER BY t.tenant_id
                         LIMIT :limit
                        """)
                .bind("after", after)
                .bind("month", month.atDay(1))
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
    }

    @Override
    public List<YearMonth> unclosed(String tenantId, YearMonth until) {
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT DISTINCT s.statement_month
                          FROM usage_sum s
                         WHERE s.tenant_id = :tenant AND s.statement_month <= :until
                           AND s.statement_month > COALESCE(
                               (SELECT MAX(c.month) FROM statement_closing c WHERE c.tenant_id = :tenant), '0001-01-01')
                         ORDER BY s.statement_month
                        """)
                .bind("tenant", tenantId)
                .bind("until", until.atDay(1))
                .map((row, context) -> month(row, "statement_month"))
                .list());
    }

    @Override
    public boolean isInDoubt(String tenantId) {
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT COUNT(*)
                          FROM ledger_difference
                         WHERE kind = 'SUMS' AND tenant_id = :tenant AND resolved_at IS NULL
                        """)
                        .bind("tenant", tenantId)
                        .mapTo(Long.class)
                        .one())
                > 0;
    }

    @Override
    public void close(long epoch, String tenantId, Closing closing) {
        transactions.useTransaction(handle -> {
            // Alone: what was recorded before is summed up here, what is recorded after sees the month closed.
            writerEpoch.requireAlone(handle, epoch);
            int closed = handle.createUpdate("""
                            INSERT IGNORE INTO statement_closing (tenant_id, month, time_zone, closed_at)
                            VALUES (:tenant, :month, :zone, :at)
                            """)
                    .bind("tenant", tenantId)
                    .bind("month", closing.month().atDay(1))
                    .bind("zone", closing.zone().getId())
                    .bind("at", closing.at())
                    .execute();
            if (closed == 1) {
                handle.createUpdate("""
                                INSERT INTO statement_line (tenant_id, statement_month, usage_month, project_id, model, price_id,
                                                            refused_requests, requests, input_tokens, cached_input_tokens,
                                                            output_tokens, reasoning_tokens, amount_micros)
                                """ + OPEN_CHARGES + CHARGES_GROUP)
                        .bind("tenant", tenantId)
                        .bind("month", closing.month().atDay(1))
                        .execute();
            }
        });
    }

    private static Optional<Closing> closing(Handle handle, String tenantId, YearMonth month) {
        return closing(closings(handle, tenantId), month);
    }

    /** A month is closed with the first one closed that is not before it. */
    private static Optional<Closing> closing(List<Closing> closings, YearMonth month) {
        return closings.stream()
                .filter(closing -> !closing.month().isBefore(month))
                .findFirst();
    }

    private static List<Closing> closings(Handle handle, String tenantId) {
        return handle.createQuery("""
                        SELECT month, time_zone, closed_at
                          FROM statement_closing
                         WHERE tenant_id = :tenant
                         ORDER BY month
                        """)
                .bind("tenant", tenantId)
                .map((row, context) -> new Closing(
                        month(row, "month"),
                        ZoneId.of(row.getString("time_zone")),
                        row.getTimestamp("closed_at").toInstant()))
                .list();
    }

    private static CallSums later(Handle handle, String tenantId, YearMonth month, String projectId) {
        return handle.createQuery("SELECT " + MEASURES + """
                          FROM usage_sum
                         WHERE tenant_id = :tenant AND statement_month > :month
                           AND usage_day BETWEEN :month AND :lastDay
                        """ + OF_PROJECT)
                .bind("tenant", tenantId)
                .bind("month", month.atDay(1))
                .bind("lastDay", month.atEndOfMonth())
                .bind("project", projectId)
                .map((row, context) -> sums(row))
                .one();
    }

    private static Map<String, Rates> rates(Handle handle, List<Charges> charges) {
        Set<String> named = charges.stream().map(Charges::priceId).collect(Collectors.toSet());
        if (named.isEmpty()) {
            return Map.of();
        }
        return handle
                .createQuery("""
                        SELECT price_id, input_micros, cached_input_micros, output_micros
                          FROM price
                         WHERE price_id IN (<prices>)
                        """)
                .bindList("prices", List.copyOf(named))
                .map((row, context) -> Map.entry(
                        row.getString("price_id"),
                        new Rates(
                                row.getLong("input_micros"),
                                row.getLong("cached_input_micros"),
                                row.getLong("output_micros"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Stream<MonthSums> sums(
            Handle handle, String select, String tenantId, YearMonth closed, String projectId) {
        return bind(handle.createQuery(select + OF_PROJECT + " GROUP BY statement_month"), tenantId, closed, projectId)
                .map((row, context) -> new MonthSums(
                        month(row, "statement_month"), Optional.empty(), row.getLong("refused_requests"), sums(row)))
                .list()
                .stream();
    }

    private static Query bind(Query query, String tenantId, YearMonth month, String projectId) {
        return query.bind("tenant", tenantId).bind("month", month.atDay(1)).bind("project", projectId);
    }

    private static Charges charges(ResultSet row, StatementContext context) throws SQLException {
        return new Charges(
                YearMonth.from(LocalDate.parse(row.getString("usage_month"))),
                row.getString("project_id"),
                row.getString("model"),
                row.getString("price_id"),
                row.getLong("refused_requests"),
                sums(row));
    }

    private static YearMonth month(ResultSet row, String column) throws SQLException {
        return YearMonth.from(row.getObject(column, LocalDate.class));
    }

    private static CallSums sums(ResultSet row) throws SQLException {
        return new CallSums(
                row.getLong("requests"),
                row.getLong("input_tokens"),
                row.getLong("cached_input_tokens"),
                row.getLong("output_tokens"),
                row.getLong("reasoning_tokens"),
                row.getLong("amount_micros"));
    }
}
