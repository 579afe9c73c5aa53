package ai.exaone.quota.reconciliation;

import ai.exaone.quota.usage.CallSums;
import ai.exaone.quota.usage.Outcome;
import ai.exaone.quota.usage.SumKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Closed statements against the sums of the calls that are on them, in the caller's snapshot. */
final class MySqlComparedStatements {
    private MySqlComparedStatements() {}

    /** What the statements of closed months say, by month, project, model and price. */
    static Map<SumKey, CallSums> statements(Handle handle, String tenantId) {
        return read(handle.createQuery("""
                        SELECT statement_month, usage_month, project_id, model, price_id, requests, input_tokens,
                               cached_input_tokens, output_tokens, reasoning_tokens, amount_micros
                          FROM statement_line
                         WHERE tenant_id = :tenant
                        """), tenantId);
    }

    /** What they would say if they were made now. */
    static Map<SumKey, CallSums> sums(Handle handle, String tenantId) {
        return read(handle.createQuery("""
                        SELECT s.statement_month, DATE_FORMAT(s.usage_day, '%Y-%m-01') AS usage_month, s.project_id, s.model,
                               s.price_id, SUM(s.requests) AS requests, SUM(s.input_tokens) AS input_tokens,
                               SUM(s.cached_input_tokens) AS cached_input_tokens, SUM(s.output_tokens) AS output_tokens,
                               SUM(s.reasoning_tokens) AS reasoning_tokens, SUM(s.amount_micros) AS amount_micros
                          FROM usage_sum s
                         WHERE s.tenant_id = :tenant
                           AND s.statement_month <= (SELECT MAX(c.month) FROM statement_closing c WHERE c.tenant_id = :tenant)
                         GROUP BY 1, 2, 3, 4, 5
                        """), tenantId);
    }

    private static Map<SumKey, CallSums> read(Query query, String tenantId) {
        var sums = new HashMap<SumKey, CallSums>();
        query.bind("tenant", tenantId)
                .map((row, context) -> Map.entry(key(row, tenantId), measures(row)))
                .forEach(entry -> sums.put(entry.getKey(), entry.getValue()));
        return sums;
    }

    /** A line has neither key nor agent nor outcome: it is of all of them. */
    private static SumKey key(ResultSet row, String tenantId) throws SQLException {
        return new SumKey(
                tenantId,
                row.getObject("statement_month", LocalDate.class),
                LocalDate.parse(row.getString("usage_month")),
                row.getString("project_id"),
                "",
                row.getString("model"),
                "",
                Outcome.COMPLETED,
                row.getString("price_id"));
    }

    private static CallSums measures(ResultSet row) throws SQLException {
        return new CallSums(
                row.getLong("requests"),
                row.getLong("input_tokens"),
                row.getLong("cached_input_tokens"),
                row.getLong("output_tokens"),
                row.getLong("reasoning_tokens"),
                row.getLong("amount_micros"));
    }
}
