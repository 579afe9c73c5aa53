package ai.exaone.quota.admission;

import ai.exaone.quota.usage.MySqlIntake;
import ai.exaone.quota.usage.SpoolPosition;
import ai.exaone.quota.writer.MySqlWriterEpoch;
import ai.exaone.store.ConstraintException;
import ai.exaone.store.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** {@link JournalStore} on MySQL and MariaDB. */
public final class MySqlJournalStore implements JournalStore {
    private static final String HOLD_COLUMNS = """
            request_id, tenant_id, project_id, key_id, agent_id, model, gateway_id, price_id, slots, held_tokens,
            held_micros, state, used_tokens, used_micros, usage_day, admitted_at, closed_at
            """;

    private final Transactions transactions;
    private final MySqlWriterEpoch writerEpoch;

    public MySqlJournalStore(Transactions transactions, MySqlWriterEpoch writerEpoch) {
        this.transactions = transactions;
        this.writerEpoch = writerEpoch;
    }

    @Override
    public void write(long epoch, List<JournalEntry> entries) {
        Batch batch = Batch.of(entries);
        try {
            transactions.useTransaction(handle -> {
                writerEpoch.require(handle, epoch);
                insertHolds(handle, batch.opened);
                closeHolds(handle, batch.closed.values());
                addUsed(handle, batch.used);
                MySqlShadows.add(handle, batch.shadowed);
                batch.drained.forEach(drained -> drain(handle, drained));
                MySqlExchanges.put(handle, batch.exchanged);
            });
        } catch (ConstraintException conflict) {
            Set<String> taken = existing(batch.opened);
            if (taken.isEmpty()) {
                throw conflict;
            }
            throw new TakenException(taken);
        }
    }

    @Override
    public Memory read(Instant closedSince, Instant exchangedSince, LocalDate usedSince) {
        return transactions.inSnapshot(handle -> new Memory(
                rememberedHolds(handle, closedSince),
                usedSince(handle, usedSince),
                MySqlShadows.since(handle, usedSince),
                watermarks(handle),
                MySqlExchanges.since(handle, exchangedSince)));
    }

    @Override
    public List<StoredHold> find(String tenantId, Collection<String> requestIds) {
        if (requestIds.isEmpty()) {
            return List.of();
        }
        return transactions.withHandle(handle -> handle.createQuery("SELECT " + HOLD_COLUMNS + """
                          FROM hold
                         WHERE tenant_id = :tenant AND request_id IN (<requests>)
                        """)
                .bind("tenant", tenantId)
                .bindList("requests", List.copyOf(requestIds))
                .map(MySqlJournalStore::storedHold)
                .list());
    }

    @Override
    public int forget(Instant recordedBefore, Instant closedBefore, int limit) {
        return transactions.withHandle(handle -> handle.createUpdate("""
                        DELETE FROM hold
                         WHERE state = 'RECORDED' AND closed_at < :recorded
                         LIMIT :limit
                        """)
                        .bind("recorded", recordedBefore)
                        .bind("limit", limit)
                        .execute())
                + transactions.withHandle(handle -> handle.createUpdate("""
                        DELETE FROM hold
                         WHERE state IN ('SETTLED', 'SWEPT') AND closed_at < :closed
                         LIMIT :limit
                        """)
                        .bind("closed", closedBefore)
                        .bind("limit", limit)
                        .execute())
                + transactions.withHandle(handle -> MySqlExchanges.forget(handle, recordedBefore, closedBefore, limit));
    }

    private static void insertHolds(Handle handle, List<Hold> holds) {
        if (holds.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO hold (request_id, tenant_id, project_id, key_id, agent_id, model, gateway_id, price_id, slots,
                                  held_tokens, held_micros, state, used_tokens, used_micros, usage_day, admitted_at, closed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'HELD', 0, 0, ?, ?, NULL)
                """);
        for (Hold hold : holds) {
            batch.add(
                    hold.requestId(),
                    hold.tenantId(),
                    hold.projectId(),
                    hold.keyId(),
                    hold.agentId(),
                    hold.model(),
                    hold.gatewayId(),
                    hold.priceId(),
                    hold.slots(),
                    hold.tokens(),
                    hold.micros(),
                    hold.day(),
                    hold.admittedAt());
        }
        batch.execute();
    }

    private static void closeHolds(Handle handle, Collection<JournalEntry.Closed> closed) {
        if (closed.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                UPDATE hold
                   SET state = ?, used_tokens = ?, used_micros = ?, closed_at = ?
                 WHERE request_id = ?
                """);
        for (JournalEntry.Closed hold : closed) {
            batch.add(hold.state().name(), hold.usedTokens(), hold.usedMicros(), hold.at(), hold.requestId());
        }
        batch.execute();
    }

    private static void addUsed(Handle handle, Map<JournalEntry.DayKey, Sums> used) {
        if (used.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO day_usage (tenant_id, usage_day, project_id, key_id, agent_id, model, tokens, micros)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE tokens = tokens + VALUES(tokens), micros = micros + VALUES(micros)
                """);
        used.forEach((key, sums) -> batch.add(
                key.tenantId(),
                key.day(),
                key.projectId(),
                key.keyId(),
                key.agentId(),
                key.model(),
                sums.tokens,
                sums.micros));
        batch.execute();
    }

    private static void drain(Handle handle, JournalEntry.Drained drained) {
        MySqlIntake.store(
                handle, drained.gatewayId(), drained.to(), drained.at(), drained.records(), drained.replaced());
        handle.createUpdate("""
                        INSERT INTO drain_watermark (gateway_id, segment, position, updated_at)
                        VALUES (:gateway, :segment, :position, :now)
                        ON DUPLICATE KEY UPDATE
                            segment = VALUES(segment), position = VALUES(position), updated_at = VALUES(updated_at)
                        """)
                .bind("gateway", drained.gatewayId())
                .bind("segment", drained.to().segment())
                .bind("position", drained.to().offset())
                .bind("now", drained.at())
                .execute();
    }

    private Set<String> existing(List<Hold> holds) {
        if (holds.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(transactions.withHandle(handle -> handle.createQuery(
                        "SELECT request_id FROM hold WHERE request_id IN (<requests>)")
                .bindList("requests", holds.stream().map(Hold::requestId).toList())
                .mapTo(String.class)
                .list()));
    }

    private static List<StoredHold> rememberedHolds(Handle handle, Instant closedSince) {
        return handle.createQuery("SELECT " + HOLD_COLUMNS + """
                          FROM hold
                         WHERE state = 'HELD'
                            OR (state IN ('SETTLED', 'SWEPT', 'RECORDED') AND closed_at >= :since)
                        """)
                .bind("since", closedSince)
                .map(MySqlJournalStore::storedHold)
                .list();
    }

    private static List<JournalEntry.Used> usedSince(Handle handle, LocalDate since) {
        return handle.createQuery("""
                        SELECT tenant_id, usage_day, project_id, key_id, agent_id, model, tokens, micros
                          FROM day_usage
                         WHERE usage_day >= :since
                         ORDER BY usage_day
                        """)
                .bind("since", since)
                .map((row, context) -> new JournalEntry.Used(
                        new JournalEntry.DayKey(
                                row.getString("tenant_id"),
                                row.getObject("usage_day", LocalDate.class),
                                row.getString("project_id"),
                                row.getString("key_id"),
                                row.getString("agent_id"),
                                row.getString("model")),
                        row.getLong("tokens"),
                        row.getLong("micros")))
                .list();
    }

    private static Map<String, SpoolPosition> watermarks(Handle handle) {
        var watermarks = new HashMap<String, SpoolPosition>();
        handle.createQuery("SELECT gateway_id, segment, position FROM drain_watermark")
                .map((row, context) -> Map.entry(
                        row.getString("gateway_id"),
                        new SpoolPosition(row.getLong("segment"), row.getLong("position"))))
                .forEach(entry -> watermarks.put(entry.getKey(), entry.getValue()));
        return watermarks;
    }

    private static StoredHold storedHold(ResultSet row, StatementContext context) throws SQLException {
        var hold = new Hold(
                row.getString("request_id"),
                row.getString("tenant_id"),
                row.getString("project_id"),
                row.getString("key_id"),
                row.getString("agent_id"),
                row.getString("model"),
                row.getString("gateway_id"),
                row.getString("price_id"),
                row.getInt("slots"),
                row.getLong("held_tokens"),
                row.getLong("held_micros"),
                row.getObject("usage_day", LocalDate.class),
                row.getTimestamp("admitted_at").toInstant());
        return new StoredHold(
                hold,
                HoldState.valueOf(row.getString("state")),
                row.getLong("used_tokens"),
                row.getLong("used_micros"),
                Optional.ofNullable(row.getTimestamp("closed_at")).map(Timestamp::toInstant));
    }

    /** Entries by what they do to which table; of several changes to one hold only the last is written. */
    private record Batch(
            List<Hold> opened,
            Map<String, JournalEntry.Closed> closed,
            Map<JournalEntry.DayKey, Sums> used,
            List<JournalEntry.Shadowed> shadowed,
            List<JournalEntry.Drained> drained,
            List<StoredExchange> exchanged) {

        static Batch of(List<JournalEntry> entries) {
            var batch = new Batch(
                    new ArrayList<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
            for (JournalEntry entry : entries) {
                switch (entry) {
                    case JournalEntry.Opened opened -> batch.opened.add(opened.hold());
                    case JournalEntry.Closed closed -> batch.closed.put(closed.requestId(), closed);
                    case JournalEntry.Used used ->
                        batch.used.merge(used.key(), new Sums(used.tokens(), used.micros()), Sums::plus);
                    case JournalEntry.Shadowed shadowed -> batch.shadowed.add(shadowed);
                    case JournalEntry.Drained drained -> batch.drained.add(drained);
                    case JournalEntry.Exchanged exchanged -> batch.exchanged.add(exchanged.exchange());
                }
            }
            return batch;
        }
    }

    private record Sums(long tokens, long micros) {
        Sums plus(Sums other) {
            return new Sums(Math.addExact(tokens, other.tokens), Math.addExact(micros, other.micros));
        }
    }
}
