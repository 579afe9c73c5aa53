package ai.exaone.quota.usage;

import ai.exaone.quota.price.TokenCount;
import ai.exaone.store.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** {@link UsageStore} on MySQL and MariaDB. */
public final class MySqlUsageRecords implements UsageStore {
    private static final String COLUMNS = """
            request_id, tenant_id, project_id, key_id, subject, agent_id, run_id, model, replica_id, path, started_at,
            first_byte_micros, duration_micros, input_tokens, cached_input_tokens, output_tokens, reasoning_tokens,
            estimated, outcome, status, reason, detail, price_id, amount_micros
            """;
    private static final String INSERT = "INSERT INTO usage_record (" + COLUMNS + """
            , usage_day, usage_hour, statement_month, gateway_id, recorded_at, request_day
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    /** Of the few weeks only that the ids say. */
    private static final String REQUESTS = " WHERE request_id IN (<requests>) AND request_day IN (<days>) ";

    private static final String FILTER = """
             WHERE tenant_id = :tenant
               AND started_at >= :from AND started_at < :until
               AND (:project = '' OR project_id = :project)
               AND (:key = '' OR key_id = :key)
               AND (:model = '' OR model = :model)
               AND (:run = '' OR run_id = :run)
               AND (:outcome = '' OR outcome = :outcome)
            """;

    private final Transactions transactions;

    public MySqlUsageRecords(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Stores new calls in the caller's transaction. */
    static void insert(Handle handle, List<LedgerEntry> entries, LedgerEntry.Source source) {
        MySqlBatch.execute(handle, INSERT, entries, (batch, entry) -> {
            UsageRecord call = entry.call();
            bind(batch, call);
            batch.add(entry.day())
                    .addCommon(entry.hour())
                    .add(entry.statementMonth())
                    .add(source.gatewayId())
                    .addCommon(source.recordedAt())
                    .add(RequestDay.of(call.requestId()));
        });
    }

    private static void bind(MySqlBatch batch, UsageRecord call) throws SQLException {
        UsageRecord.Caller caller = call.caller();
        UsageRecord.Result result = call.result();
        batch.add(call.requestId())
                .add(caller.tenantId())
                .add(caller.projectId())
                .add(caller.keyId())
                .add(caller.subject())
                .add(caller.agentId())
                .add(caller.runId())
                .add(call.model())
                .add(call.replicaId())
                .add(call.path())
                .add(call.startedAt())
                .add(micros(call.firstByte()))
                .add(micros(call.duration()))
                .add(call.tokens().input())
                .add(call.tokens().cachedInput())
                .add(call.tokens().output())
                .add(call.reasoningTokens())
                .add(call.estimated())
                .add(result.outcome().name())
                .add(result.status())
                .add(result.reason())
                .add(result.detail())
                .add(call.priceId())
                .add(call.amountMicros());
    }

    /** Removes calls in the caller's transaction, which stores what takes their place; returns them. */
    static List<LedgerEntry.Recorded> remove(Handle handle, Collection<String> requestIds) {
        if (requestIds.isEmpty()) {
            return List.of();
        }
        List<LedgerEntry.Recorded> gone = handle.createQuery("SELECT " + COLUMNS + """
                        , usage_day, usage_hour, statement_month, gateway_id, recorded_at
                          FROM usage_record
                        """ + REQUESTS + " FOR UPDATE")
                .bindList("requests", List.copyOf(requestIds))
                .bindList("days", days(requestIds))
                .map((row, context) -> new LedgerEntry.Recorded(
                        new LedgerEntry(
                                usageRecord(row, context),
                                row.getObject("usage_day", LocalDate.class),
                                row.getTimestamp("usage_hour").toInstant(),
                                row.getObject("statement_month", LocalDate.class)),
                        new LedgerEntry.Source(
                                row.getString("gateway_id"),
                                row.getTimestamp("recorded_at").toInstant())))
                .list();
        handle.createUpdate("DELETE FROM usage_record " + REQUESTS)
                .bindList("requests", List.copyOf(requestIds))
                .bindList("days", days(requestIds))
                .execute();
        return gone;
    }

    @Override
    public Set<String> closed(Collection<String> requestIds) {
        if (requestIds.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(transactions.withHandle(handle -> handle.createQuery("""
                        SELECT request_id
                          FROM usage_record
                          JOIN statement_closing
                            ON statement_closing.tenant_id = usage_record.tenant_id
                           AND statement_closing.month >= usage_record.statement_month
                        """ + REQUESTS)
                .bindList("requests", List.copyOf(requestIds))
                .bindList("days", days(requestIds))
                .mapTo(String.class)
                .list()));
    }

    @Override
    public Set<String> expired(Collection<String> requestIds) {
        Optional<Integer> prunedBefore = transactions.withHandle(
                handle -> handle.createQuery("SELECT pruned_before FROM ledger_pruning WHERE name = 'ledger'")
                        .mapTo(Integer.class)
                        .findOne());
        return prunedBefore
                .map(before -> requestIds.stream()
                        .filter(requestId -> RequestDay.of(requestId) < before)
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    @Override
    public List<UsageRecord> recorded(Collection<String> requestIds) {
        if (requestIds.isEmpty()) {
            return List.of();
        }
        return transactions.withHandle(
                handle -> handle.createQuery("SELECT " + COLUMNS + " FROM usage_record " + REQUESTS)
                        .bindList("requests", List.copyOf(requestIds))
                        .bindList("days", days(requestIds))
                        .map(MySqlUsageRecords::usageRecord)
                        .list());
    }

    @Override
    public Optional<UsageRecord> find(String tenantId, String requestId) {
        return transactions.withHandle(handle -> handle.createQuery(
                        "SELECT " + COLUMNS + " FROM usage_record " + REQUESTS + " AND tenant_id = :tenant")
                .bindList("requests", List.of(requestId))
                .bindList("days", days(List.of(requestId)))
                .bind("tenant", tenantId)
                .map(MySqlUsageRecords::usageRecord)
                .findOne());
    }

    @Override
    public List<UsageRecord> list(String tenantId, UsageFilter filter, Optional<Place> after, int limit) {
        String continued = after.isEmpty() ? "" : """
                 AND (started_at < :placeTime OR (started_at = :placeTime AND request_id < :placeRequest))
                """;
        return transactions.withHandle(handle -> {
            Query query = handle.createQuery("SELECT " + COLUMNS + " FROM usage_record " + FILTER + continued
                    + " ORDER BY started_at DESC, request_id DESC LIMIT :limit");
            after.ifPresent(
                    place -> query.bind("placeTime", place.startedAt()).bind("placeRequest", place.requestId()));
            return bind(query, tenantId, filter)
                    .bind("limit", limit)
                    .map(MySqlUsageRecords::usageRecord)
                    .list();
        });
    }

    private static Query bind(Query query, String tenantId, UsageFilter filter) {
        return query.bind("tenant", tenantId)
                .bind("from", filter.from())
                .bind("until", filter.until())
                .bind("project", filter.projectId())
                .bind("key", filter.keyId())
                .bind("model", filter.model())
                .bind("run", filter.runId())
                .bind("outcome", filter.outcome().map(Outcome::name).orElse(""));
    }

    private static List<Integer> days(Collection<String> requestIds) {
        return requestIds.stream().map(RequestDay::of).distinct().toList();
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }

    private static UsageRecord usageRecord(ResultSet row, StatementContext context) throws SQLException {
        var caller = new UsageRecord.Caller(
                row.getString("tenant_id"),
                row.getString("project_id"),
                row.getString("key_id"),
                row.getString("subject"),
                row.getString("agent_id"),
                row.getString("run_id"));
        var result = new UsageRecord.Result(
                Outcome.valueOf(row.getString("outcome")),
                row.getInt("status"),
                row.getString("reason"),
                row.getString("detail"));
        return new UsageRecord(
                row.getString("request_id"),
                caller,
                row.getString("model"),
                row.getString("replica_id"),
                row.getString("path"),
                row.getTimestamp("started_at").toInstant(),
                Duration.of(row.getLong("first_byte_micros"), ChronoUnit.MICROS),
                Duration.of(row.getLong("duration_micros"), ChronoUnit.MICROS),
                new TokenCount(
                        row.getLong("input_tokens"), row.getLong("cached_input_tokens"), row.getLong("output_tokens")),
                row.getLong("reasoning_tokens"),
                row.getBoolean("estimated"),
                result,
                row.getString("price_id"),
                row.getLong("amount_micros"),
                Optional.empty());
    }
}
