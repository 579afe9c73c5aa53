package ai.exaone.quota.limit;

import ai.exaone.audit.Act;
import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.errors.PlatformException;
import ai.exaone.quota.writer.MySqlWriterEpoch;
import ai.exaone.store.ChangeLog;
import ai.exaone.store.ConstraintException;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.creation.MySqlCreations;
import ai.exaone.store.paging.PageToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** {@link LimitStore} on MySQL and MariaDB. */
public final class MySqlLimitStore implements LimitStore {
    private static final String SELECT = """
            SELECT limit_id, tenant_id, project_id, key_id, agent_id, model, models, kind, amount, enforcement, updated_by, updated_at,
                   raise_amount, raise_until, raise_reason, raised_by, raised_at
              FROM usage_limit
            """;
    private static final String DEPTH =
            "CASE WHEN project_id = '' THEN 0 WHEN key_id = '' AND agent_id = '' THEN 1 ELSE 2 END";

    private final Transactions transactions;
    private final MySqlWriterEpoch writerEpoch;
    private final MySqlCreations creations;
    private final MySqlAuditOutbox audit;
    private final ChangeLog log;

    /**
     * @param log of limits, for those who follow them
     */
    public MySqlLimitStore(
            Transactions transactions,
            MySqlWriterEpoch writerEpoch,
            MySqlCreations creations,
            MySqlAuditOutbox audit,
            ChangeLog log) {
        this.transactions = transactions;
        this.writerEpoch = writerEpoch;
        this.creations = creations;
        this.audit = audit;
        this.log = log;
    }

    @Override
    public List<Limit> all() {
        return transactions.withHandle(MySqlLimitStore::all);
    }

    @Override
    public Snapshot snapshot() {
        return transactions.inSnapshot(handle -> new Snapshot(log.latest(handle), all(handle)));
    }

    @Override
    public ChangeLog.Reading changes(long after, int limit) {
        return log.read(after, limit);
    }

    @Override
    public Optional<Limit> find(String tenantId, String limitId) {
        return transactions.withHandle(handle -> find(handle, tenantId, limitId));
    }

    @Override
    public List<Limit> list(String tenantId, String projectId, Optional<PageToken> after, int limit) {
        String continued = after.isEmpty() ? "" : " AND (" + DEPTH + ", limit_id) > (:placeDepth, :placeLimit)";
        return transactions.withHandle(handle -> {
            Query query = handle.createQuery(SELECT
                            + " WHERE tenant_id = :tenant AND (:project = '' OR project_id = :project)" + continued
                            + " ORDER BY " + DEPTH + ", limit_id LIMIT :limit")
                    .bind("tenant", tenantId)
                    .bind("project", projectId)
                    .bind("limit", limit);
            after.ifPresent(place -> query.bind("placeDepth", depth(place))
                    .bind("placeLimit", place.values().getLast()));
            return query.map(MySqlLimitStore::limit).list();
        });
    }

    @Override
    public Limit add(long epoch, Limit limit, Optional<CreationRequest> request, Act act) {
        try {
            return transactions.inTransaction(handle -> {
                writerEpoch.require(handle, epoch);
                var made = creations.claim(handle, request, limit.limitId());
                if (made.isPresent()) {
                    return find(handle, limit.tenantId(), made.get()).orElseThrow(MySqlLimitStore::notFound);
                }
                requireProject(handle, limit.scope().projectId());
                insert(handle, limit);
                audit.record(handle, act);
                publish(handle, limit);
                return limit;
            });
        } catch (ConstraintException conflict) {
            throw exists(conflict);
        }
    }

    @Override
    public void update(long epoch, Limit limit, Act act) {
        try {
            transactions.useTransaction(handle -> update(handle, epoch, limit, act));
        } catch (ConstraintException conflict) {
            throw exists(conflict);
        }
    }

    private void update(Handle handle, long epoch, Limit limit, Act act) {
        writerEpoch.require(handle, epoch);
        int updated = handle.createUpdate("""
                            UPDATE usage_limit
                               SET amount = :amount, enforcement = :enforcement, updated_by = :by, updated_at = :at,
                                   raise_amount = :raised, raise_until = :until, raise_reason = :reason,
                                   raised_by = :raiser, raised_at = :raisedAt
                             WHERE tenant_id = :tenant AND limit_id = :limit
                            """)
                .bind("amount", limit.value())
                .bind("enforcement", limit.enforcement().name())
                .bind("by", limit.updatedBy())
                .bind("at", limit.updatedAt())
                .bind("raised", limit.raise().map(LimitRaise::value))
                .bind("until", limit.raise().map(LimitRaise::until))
                .bind("reason", limit.raise().map(LimitRaise::reason))
                .bind("raiser", limit.raise().map(LimitRaise::author))
                .bind("raisedAt", limit.raise().map(LimitRaise::at))
                .bind("tenant", limit.tenantId())
                .bind("limit", limit.limitId())
                .execute();
        requireOne(updated);
        audit.record(handle, act);
        publish(handle, limit);
    }

    private static RuntimeException exists(ConstraintException conflict) {
        return conflict.isDuplicateOf("usage_limit_subject")
                ? new PlatformException(
                        LimitError.LIMIT_EXISTS, "There is a limit of that kind on that subject and model already.")
                : conflict;
    }

    @Override
    public Map<String, List<ShadowDay>> wouldHaveRefused(String tenantId, List<String> limitIds, LocalDate since) {
        if (limitIds.isEmpty()) {
            return Map.of();
        }
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT limit_id, usage_day, requests
                          FROM shadow_refusal
                         WHERE tenant_id = :tenant AND limit_id IN (<limits>) AND usage_day >= :since
                         ORDER BY usage_day DESC
                        """)
                .bind("tenant", tenantId)
                .bindList("limits", limitIds)
                .bind("since", since)
                .reduceRows(new HashMap<>(), (all, row) -> {
                    var day = new ShadowDay(
                            row.getColumn("usage_day", LocalDate.class), row.getColumn("requests", Long.class));
                    all.computeIfAbsent(row.getColumn("limit_id", String.class), id -> new ArrayList<>())
                            .add(day);
                    return all;
                }));
    }

    @Override
    public void remove(long epoch, Limit limit, Act act) {
        transactions.useTransaction(handle -> {
            writerEpoch.require(handle, epoch);
            int removed = handle.createUpdate("DELETE FROM usage_limit WHERE tenant_id = :tenant AND limit_id = :limit")
                    .bind("tenant", limit.tenantId())
                    .bind("limit", limit.limitId())
                    .execute();
            requireOne(removed);
            forget(handle, limit);
            audit.record(handle, act);
            log.delete(handle, limit.limitId());
        });
    }

    private void publish(Handle handle, Limit limit) {
        log.put(handle, limit.limitId(), LimitWire.bytes(limit));
    }

    private static List<Limit> all(Handle handle) {
        return handle.createQuery(SELECT).map(MySqlLimitStore::limit).list();
    }

    private static int depth(PageToken place) {
        try {
            return Integer.parseInt(place.values().getFirst());
        } catch (NumberFormatException forged) {
            throw PageToken.invalid();
        }
    }

    @Override
    public Set<String> deletedProjects() {
        return Set.copyOf(transactions.withHandle(handle -> handle.createQuery("SELECT project_id FROM deleted_project")
                .mapTo(String.class)
                .list()));
    }

    @Override
    public List<Limit> removeProject(long epoch, String tenantId, String projectId, Function<Limit, Act> act) {
        return transactions.inTransaction(handle -> {
            writerEpoch.require(handle, epoch);
            handle.createUpdate("INSERT IGNORE INTO deleted_project (project_id) VALUES (:project)")
                    .bind("project", projectId)
                    .execute();
            List<Limit> gone = handle.createQuery(SELECT + " WHERE tenant_id = :tenant AND project_id = :project")
                    .bind("tenant", tenantId)
                    .bind("project", projectId)
                    .map(MySqlLimitStore::limit)
                    .list();
            handle.createUpdate("DELETE FROM usage_limit WHERE tenant_id = :tenant AND project_id = :project")
                    .bind("tenant", tenantId)
                    .bind("project", projectId)
                    .execute();
            gone.forEach(limit -> forget(handle, limit));
            gone.forEach(limit -> audit.record(handle, act.apply(limit)));
            gone.forEach(limit -> log.delete(handle, limit.limitId()));
            return gone;
        });
    }

    private static void forget(Handle handle, Limit limit) {
        handle.createUpdate("DELETE FROM shadow_refusal WHERE limit_id = :limit")
                .bind("limit", limit.limitId())
                .execute();
    }

    private static void insert(Handle handle, Limit limit) {
        handle.createUpdate("""
                        INSERT INTO usage_limit (limit_id, tenant_id, project_id, key_id, agent_id, model, models, models_digest,
                                                 kind, amount, enforcement, updated_by, updated_at)
                        VALUES (:limit, :tenant, :project, :key, :agent, :model, :models, :digest, :kind, :amount, :enforcement,
                                :by, :at)
                        """)
                .bind("limit", limit.limitId())
                .bind("tenant", limit.tenantId())
                .bind("project", limit.scope().projectId())
                .bind("key", limit.scope().keyId())
                .bind("agent", limit.scope().agentId())
                .bind("model", limit.scope().models().single())
                .bind("models", StoredModels.of(limit.scope().models()))
                .bind("digest", StoredModels.digest(limit.scope().models()))
                .bind("kind", limit.kind().name())
                .bind("amount", limit.value())
                .bind("enforcement", limit.enforcement().name())
                .bind("by", limit.updatedBy())
                .bind("at", limit.updatedAt())
                .execute();
    }

    private static void requireProject(Handle handle, String projectId) {
        boolean deleted = handle.createQuery("SELECT 1 FROM deleted_project WHERE project_id = :project")
                .bind("project", projectId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (deleted) {
            throw new PlatformException(LimitError.LIMIT_NOT_FOUND, "There is no such project.");
        }
    }

    private static Optional<Limit> find(Handle handle, String tenantId, String limitId) {
        return handle.createQuery(SELECT + " WHERE tenant_id = :tenant AND limit_id = :limit")
                .bind("tenant", tenantId)
                .bind("limit", limitId)
                .map(MySqlLimitStore::limit)
                .findOne();
    }

    private static void requireOne(int rows) {
        if (rows != 1) {
            throw notFound();
        }
    }

    private static PlatformException notFound() {
        return new PlatformException(LimitError.LIMIT_NOT_FOUND, "There is no such limit.");
    }

    private static Limit limit(ResultSet row, StatementContext context) throws SQLException {
        return new Limit(
                row.getString("limit_id"),
                row.getString("tenant_id"),
                new Scope(
                        row.getString("project_id"),
                        row.getString("key_id"),
                        row.getString("agent_id"),
                        StoredModels.read(row.getString("model"), row.getString("models"))),
                LimitKind.valueOf(row.getString("kind")),
                row.getLong("amount"),
                Enforcement.valueOf(row.getString("enforcement")),
                raise(row),
                row.getString("updated_by"),
                row.getTimestamp("updated_at").toInstant());
    }

    private static Optional<LimitRaise> raise(ResultSet row) throws SQLException {
        long amount = row.getLong("raise_amount");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new LimitRaise(
                        amount,
                        row.getTimestamp("raise_until").toInstant(),
                        row.getString("raise_reason"),
                        row.getString("raised_by"),
                        row.getTimestamp("raised_at").toInstant()));
    }
}
