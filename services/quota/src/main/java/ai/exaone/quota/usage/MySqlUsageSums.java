package ai.exaone.quota.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** The sums that are derived from the ledger's rows, and those rows summed up anew. In the caller's transactions. */
public final class MySqlUsageSums {
    private static final String KEY =
            "tenant_id, statement_month, usage_day, project_id, key_id, model, agent_id, outcome, price_id";
    private static final String MEASURES =
            "requests, input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, amount_micros";

    private MySqlUsageSums() {}

    /** Adds to sums, in their order; what is added may be negative. */
    public static void add(Handle handle, SortedMap<SumKey, CallSums> more) {
        if (more.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("INSERT INTO usage_sum (" + KEY + ", " + MEASURES + """
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE
                    requests = requests + VALUES(requests),
                    input_tokens = input_tokens + VALUES(input_tokens),
                    cached_input_tokens = cached_input_tokens + VALUES(cached_input_tokens),
                    output_tokens = output_tokens + VALUES(output_tokens),
                    reasoning_tokens = reasoning_tokens + VALUES(reasoning_tokens),
                    amount_micros = amount_micros + VALUES(amount_micros)
                """);
        more.forEach((key, sums) -> batch.add(
                key.tenantId(),
                key.statementMonth(),
                key.day(),
                key.projectId(),
                key.keyId(),
                key.model(),
                key.agentId(),
                key.outcome().name(),
                key.priceId(),
                sums.requests(),
                sums.inputTokens(),
                sums.cachedInputTokens(),
                sums.outputTokens(),
                sums.reasoningTokens(),
                sums.amountMicros()));
        batch.execute();
    }

    /** Removes a day's sums of no calls, which a correction left. */
    public static void removeEmpty(Handle handle, String tenantId, LocalDate day) {
        handle.createUpdate("""
                        DELETE FROM usage_sum
                         WHERE tenant_id = :tenant AND usage_day = :day
                           AND requests = 0 AND input_tokens = 0 AND cached_input_tokens = 0 AND output_tokens = 0
                           AND reasoning_tokens = 0 AND amount_micros = 0
                        """).bind("tenant", tenantId).bind("day", day).execute();
    }

    /** A tenant's sums of some days, both inclusive. */
    public static Map<SumKey, CallSums> derived(Handle handle, String tenantId, LocalDate from, LocalDate until) {
        return read(days(handle.createQuery("SELECT " + KEY + ", " + MEASURES + """
                  FROM usage_sum
                 WHERE tenant_id = :tenant AND usage_day BETWEEN :fromDay AND :untilDay
                """), tenantId, from, until));
    }

    /** The same summed up anew from the ledger's rows. */
    public static Map<SumKey, CallSums> ledger(Handle handle, String tenantId, LocalDate from, LocalDate until) {
        // A local day is within these hours of UTC, in whatever zone it was one: so the index on moments leads to the
        // rows of a day.
        var earliest = from.atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.MAX);
        var latest = until.plusDays(1).atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.MIN);
        return read(days(handle.createQuery("SELECT " + KEY + """
                        ,
                       COUNT(*) AS requests,
                       SUM(CASE WHEN outcome = 'REFUSED' THEN 0 ELSE input_tokens END) AS input_tokens,
                       SUM(CASE WHEN outcome = 'REFUSED' THEN 0 ELSE cached_input_tokens END) AS cached_input_tokens,
                       SUM(CASE WHEN outcome = 'REFUSED' THEN 0 ELSE output_tokens END) AS output_tokens,
                       SUM(CASE WHEN outcome = 'REFUSED' THEN 0 ELSE reasoning_tokens END) AS reasoning_tokens,
                       SUM(amount_micros) AS amount_micros
                  FROM usage_record
                 WHERE tenant_id = :tenant AND usage_day BETWEEN :fromDay AND :untilDay
                   AND started_at >= :earliest AND started_at < :latest
                 GROUP BY
                """ + KEY), tenantId, from, until)
                .bind("earliest", earliest)
                .bind("latest", latest));
    }

    private static Query days(Query query, String tenantId, LocalDate from, LocalDate until) {
        return query.bind("tenant", tenantId).bind("fromDay", from).bind("untilDay", until);
    }

    private static Map<SumKey, CallSums> read(Query query) {
        var sums = new HashMap<SumKey, CallSums>();
        query.map((row, context) -> Map.entry(key(row), measures(row)))
                .forEach(entry -> sums.put(entry.getKey(), entry.getValue()));
        return sums;
    }

    private static SumKey key(ResultSet row) throws SQLException {
        return new SumKey(
                row.getString("tenant_id"),
                row.getObject("statement_month", LocalDate.class),
                row.getObject("usage_day", LocalDate.class),
                row.getString("project_id"),
                row.getString("key_id"),
                row.getString("model"),
                row.getString("agent_id"),
                Outcome.valueOf(row.getString("outcome")),
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
