package ai.exaone.quota.admission;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of {@code slice_exchange}: each answered exchange of slices, for as long as it counts. */
final class MySqlExchanges {
    private MySqlExchanges() {}

    /** One that is repeated so late that nothing of it is remembered counts again: more is counted then, never less. */
    static void put(Handle handle, List<StoredExchange> exchanges) {
        if (exchanges.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO slice_exchange (run_id, sequence, gateway_id, said, granted, exchanged_at)
                VALUES (?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE
                    said = VALUES(said), granted = VALUES(granted), exchanged_at = VALUES(exchanged_at)
                """);
        for (StoredExchange stored : exchanges) {
            SliceExchange exchange = stored.exchange();
            batch.add(
                    exchange.runId(),
                    exchange.sequence(),
                    exchange.gatewayId(),
                    SliceWire.bytes(exchange),
                    SliceWire.bytes(stored.grants()),
                    stored.at());
        }
        batch.execute();
    }

    /** Those answered since, each run's in their order. */
    static List<StoredExchange> since(Handle handle, Instant since) {
        return handle.createQuery("""
                        SELECT said, granted, exchanged_at
                          FROM slice_exchange
                         WHERE exchanged_at >= :since
                         ORDER BY run_id, sequence
                        """)
                .bind("since", since)
                .map(MySqlExchanges::exchange)
                .list();
    }

    /** Forgets old ones; returns how many. */
    static int forget(Handle handle, Instant before, int limit) {
        return handle.createUpdate("DELETE FROM slice_exchange WHERE exchanged_at < :before LIMIT :limit")
                .bind("before", before)
                .bind("limit", limit)
                .execute();
    }

    private static StoredExchange exchange(ResultSet row, StatementContext context) throws SQLException {
        return new StoredExchange(
                SliceWire.exchange(row.getBytes("said")),
                SliceWire.grants(row.getBytes("granted")),
                row.getTimestamp("exchanged_at").toInstant());
    }
}
