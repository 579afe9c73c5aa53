package ai.exaone.quota.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Sums that are derived from the ledger's rows, and those rows summed up anew. In the caller's transactions.
 *
 * @param <K> what they are by
 */
public final class MySqlUsageSums<K extends Comparable<K>> {
    /** What statements are made of, and questions by days or more. */
    public static final MySqlUsageSums<SumKey> BY_DAY = new MySqlUsageSums<>(
            "usage_sum",
            "tenant_id, statement_month, usage_day, project_id, key_id, model, agent_id, outcome, price_id",
            MySqlUsageSums::dayKey,
            MySqlUsageSums::bind);
    /** What questions by hours are answered from, and those of days that a question cuts. */
    public static final MySqlUsageSums<HourKey> BY_HOUR = new MySqlUsageSums<>(
            "usage_hour_sum",
            "tenant_id, usage_day, usage_hour, project_id, key_id, model, agent_id, outcome",
            MySqlUsageSums::hourKey,
            MySqlUsageSums::bind);

    private static final String MEASURES =
            "requests, input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, amount_micros";

    private final String table;
    private final String columns;
    private final KeyReader<K> reader;
    private final MySqlBatch.Row<K> writer;
    private final String addition;

    private MySqlUsageSums(String table, String columns, KeyReader<K> reader, MySqlBatch.Row<K> writer) {
        this.table = table;
        this.columns = columns;
        this.reader = reader;
        this.writer = writer;
        this.addition = addition();
    }

    /** Adds to sums, in their order; what is added may be negative. */
    public void add(Handle handle, SortedMap<K, CallSums> more) {
        MySqlBatch.execute(handle, addition, more.entrySet(), (batch, sum) -> {
            writer.bind(batch, sum.getKey());
            batch.add(sum.getValue());
        });
    }

    private String addition() {
        long values = Stream.of(columns, MEASURES)
                .flatMap(list -> Stream.of(list.split(",")))
                .count();
        String places = Stream.generate(() -> "?").limit(values).collect(Collectors.joining(", "));
        String sums = Stream.of(MEASURES.split(", "))
                .map(measure -> measure + " = " + measure + " + VALUES(" + measure + ")")
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + table + " (" + columns + ", " + MEASURES + ") VALUES (" + places
                + ") ON DUPLICATE KEY UPDATE " + sums;
    }

    /** Removes a day's sums of no calls, which a correction left. */
    public void removeEmpty(Handle handle, String tenantId, LocalDate day) {
        handle.createUpdate("DELETE FROM " + table + """
                         WHERE tenant_id = :tenant AND usage_day = :day
                           AND requests = 0 AND input_tokens = 0 AND cached_input_tokens = 0 AND output_tokens = 0
                           AND reasoning_tokens = 0 AND amount_micros = 0
                        """)
                .bind("tenant", tenantId)
                .bind("day", day)
                .execute();
    }

    /** A tenant's sums of some days, both inclusive. */
    public Map<K, CallSums> derived(Handle handle, String tenantId, LocalDate from, LocalDate until) {
        return read(days(
                handle.createQuery("SELECT " + columns + ", " + MEASURES + " FROM " + table + """
                         WHERE tenant_id = :tenant AND usage_day BETWEEN :fromDay AND :untilDay
                        """),
                tenantId,
                from,
                until));
    }

    /** The same summed up anew from the ledger's rows. */
    public Map<K, CallSums> ledger(Handle handle, String tenantId, LocalDate from, LocalDate until) {
        // A local day is within these hours of UTC, in whatever zone it was one: so the index on moments leads to the
        // rows of a day.
        var earliest = from.atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.MAX);
        var latest = until.plusDays(1).atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.MIN);
        return read(days(handle.createQuery("SELECT " + columns + """
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
                """ + columns), tenantId, from, until)
                .bind("earliest", earliest)
                .bind("latest", latest));
    }

    private static Query days(Query query, String tenantId, LocalDate from, LocalDate until) {
        return query.bind("tenant", tenantId).bind("fromDay", from).bind("untilDay", until);
    }

    private Map<K, CallSums> read(Query query) {
        var sums = new HashMap<K, CallSums>();
        query.map((row, context) -> Map.entry(reader.key(row), measures(row)))
                .forEach(entry -> sums.put(entry.getKey(), entry.getValue()));
        return sums;
    }

    private static void bind(MySqlBatch batch, SumKey key) throws SQLException {
        batch.add(key.tenantId())
                .add(key.statementMonth())
                .add(key.day())
                .add(key.projectId())
                .add(key.keyId())
                .add(key.model())
                .add(key.agentId())
                .add(key.outcome().name())
                .add(key.priceId());
    }

    private static void bind(MySqlBatch batch, HourKey key) throws SQLException {
        batch.add(key.tenantId())
                .add(key.day())
                .addCommon(key.hour())
                .add(key.projectId())
                .add(key.keyId())
                .add(key.model())
                .add(key.agentId())
                .add(key.outcome().name());
    }

    private static SumKey dayKey(ResultSet row) throws SQLException {
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

    private static HourKey hourKey(ResultSet row) throws SQLException {
        return new HourKey(
                row.getString("tenant_id"),
                row.getObject("usage_day", LocalDate.class),
                row.getTimestamp("usage_hour").toInstant(),
                row.getString("project_id"),
                row.getString("key_id"),
                row.getString("model"),
                row.getString("agent_id"),
                Outcome.valueOf(row.getString("outcome")));
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

    private interface KeyReader<K> {
        K key(ResultSet row) throws SQLException;
    }
}
