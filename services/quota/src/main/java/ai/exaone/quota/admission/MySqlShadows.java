package ai.exaone.quota.admission;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What limits in shadow would have refused, in MySQL and MariaDB. */
final class MySqlShadows {
    private MySqlShadows() {}

    static void add(Handle handle, List<JournalEntry.Shadowed> shadowed) {
        if (shadowed.isEmpty()) {
            return;
        }
        Map<List<Object>, JournalEntry.Shadowed> together = new LinkedHashMap<>();
        shadowed.forEach(refused ->
                together.merge(List.of(refused.limitId(), refused.day()), refused, JournalEntry.Shadowed::plus));
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO shadow_refusal (limit_id, usage_day, tenant_id, requests, amount)
                VALUES (?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE requests = requests + VALUES(requests), amount = amount + VALUES(amount)
                """);
        together.values()
                .forEach(refused -> batch.add(
                        refused.limitId(), refused.day(), refused.tenantId(), refused.requests(), refused.amount()));
        batch.execute();
    }

    static List<JournalEntry.Shadowed> since(Handle handle, LocalDate since) {
        return handle.createQuery("""
                        SELECT tenant_id, limit_id, usage_day, requests, amount
                          FROM shadow_refusal
                         WHERE usage_day >= :since
                         ORDER BY usage_day
                        """)
                .bind("since", since)
                .map((row, context) -> new JournalEntry.Shadowed(
                        row.getString("tenant_id"),
                        row.getString("limit_id"),
                        row.getObject("usage_day", LocalDate.class),
                        row.getLong("requests"),
                        row.getLong("amount")))
                .list();
    }
}
