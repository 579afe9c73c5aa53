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
        exchanges.forEach(stored -> closeEarlier(handle, stored.exchange()));
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO slice_exchange (run_id, sequence, gateway_id, said, granted, exchanged_at, is_open)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE
                    said = VALUES(said), granted = VALUES(granted), exchanged_at = VALUES(exchanged_at),
                    is_open = VALUES(is_open)
                """);
        for (StoredExchange stored : exchanges) {
            SliceExchange exchange = stored.exchange();
            batch.add(
                    exchange.runId(),
                    exchange.sequence(),
                    exchange.gatewayId(),
                    SliceWire.bytes(exchange),
                    SliceWire.bytes(stored.grants()),
                    stored.at(),
                    stored.open());
        }
        batch.execute();
        for (int index = 1; index < exchanges.size(); index++) {
            // Of those of one transaction, too, a later one takes the place of an earlier one.
            closeEarlier(handle, exchanges.get(index).exchange());
        }
    }

    /** What a run said before no longer counts; nor, where it speaks for its whole gateway, what other runs said. */
    private static void closeEarlier(Handle handle, SliceExchange exchange) {
        handle.createUpdate("""
                        UPDATE slice_exchange
                           SET is_open = FALSE
                         WHERE gateway_id = :gateway AND is_open
                           AND (run_id <> :run AND :whole OR run_id = :run AND sequence < :sequence)
                        """)
                .bind("gateway", exchange.gatewayId())
                .bind("run", exchange.runId())
                .bind("whole", exchange.whole())
                .bind("sequence", exchange.sequence())
                .execute();
    }

    /** Those answered since, and those that are open, each run's in their order. */
    static List<StoredExchange> since(Handle handle, Instant since) {
        return handle.createQuery("""
                        SELECT said, granted, exchanged_at, is_open
                          FROM slice_exchange
                         WHERE exchanged_at >= :since OR is_open
                         ORDER BY run_id, sequence
                        """)
                .bind("since", since)
                .map(MySqlExchanges::exchange)
                .list();
    }

    /** Forgets old ones, and later those that are still open; returns how many. */
    static int forget(Handle handle, Instant before, Instant openBefore, int limit) {
        return handle.createUpdate("""
                        DELETE FROM slice_exchange
                         WHERE exchanged_at < :before AND (NOT is_open OR exchanged_at < :openBefore)
                         LIMIT :limit
                        """)
                .bind("before", before)
                .bind("openBefore", openBefore)
                .bind("limit", limit)
                .execute();
    }

    private static StoredExchange exchange(ResultSet row, StatementContext context) throws SQLException {
        return new StoredExchange(
                SliceWire.exchange(row.getBytes("said")),
                SliceWire.grants(row.getBytes("granted")),
                row.getTimestamp("exchanged_at").toInstant(),
                row.getBoolean("is_open"));
    }
}
