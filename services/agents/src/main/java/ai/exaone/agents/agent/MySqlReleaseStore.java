package ai.exaone.agents.agent;

import ai.exaone.audit.Act;
import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.errors.PlatformException;
import ai.exaone.store.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Releases and deployments in MySQL or MariaDB. The agent's row orders the writes about one agent. Thread-safe. */
public final class MySqlReleaseStore implements ReleaseStore {
    private static final String RELEASE_COLUMNS =
            "agent_id, release_id, number, specification, digest, note, created_by, created_at";
    private static final String DEPLOYMENT_COLUMNS = "agent_id, number, release_id, previous, deployed_by, deployed_at";

    private final Transactions transactions;
    private final MySqlAuditOutbox audit;
    private final Clock clock;

    public MySqlReleaseStore(Transactions transactions, MySqlAuditOutbox audit, Clock clock) {
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Created create(ProjectScope scope, Release release) {
        return transactions.inTransaction(handle -> {
            lock(handle, scope, release.agentId());
            Optional<Release> existing = ofDigest(handle, scope, release.agentId(), release.digest());
            if (existing.isPresent()) {
                return new Created(existing.get(), true);
            }
            insert(handle, scope, release);
            audit.record(
                    handle,
                    Act.created(
                            scope.tenantId(),
                            "release.create",
                            release.id().value(),
                            Map.of("agent_id", release.agentId().value(), "digest", release.digest())));
            return new Created(
                    find(handle, scope, release.agentId(), release.id()).orElseThrow(), false);
        });
    }

    @Override
    public Optional<Release> find(ProjectScope scope, AgentId agent, ReleaseId id) {
        return transactions.withHandle(handle ->
                MySqlAgentStore.find(handle, scope, agent, "").flatMap(found -> find(handle, scope, agent, id)));
    }

    @Override
    public List<Release> list(ProjectScope scope, AgentId agent, Optional<Integer> beforeNumber, int limit) {
        return transactions.withHandle(handle -> {
            require(handle, scope, agent, "");
            return handle.createQuery("SELECT " + RELEASE_COLUMNS + """
                              FROM agent_release
                             WHERE tenant_id = :tenant AND agent_id = :agent AND number < :before
                             ORDER BY number DESC
                             LIMIT :limit
                            """)
                    .bind("tenant", scope.tenantId())
                    .bind("agent", agent.value())
                    .bind("before", beforeNumber.orElse(Integer.MAX_VALUE))
                    .bind("limit", limit)
                    .map(MySqlReleaseStore::release)
                    .list();
        });
    }

    @Override
    public Deployment deploy(ProjectScope scope, AgentId agent, ReleaseId release, String by) {
        return transactions.inTransaction(handle -> {
            lock(handle, scope, agent);
            if (find(handle, scope, agent, release).isEmpty()) {
                throw new PlatformException(AgentError.RELEASE_NOT_FOUND, "The agent has no such release.");
            }
            Optional<Deployment> current = current(handle, scope, agent);
            if (current.isPresent() && current.get().release().equals(release)) {
                return current.get();
            }
            int previous = current.map(Deployment::number).orElse(0);
            return point(
                    handle,
                    scope,
                    "agent.deploy",
                    current,
                    new Deployment(agent, previous + 1, release, previous, by, clock.instant()));
        });
    }

    @Override
    public Deployment rollBack(ProjectScope scope, AgentId agent, String by) {
        return transactions.inTransaction(handle -> {
            lock(handle, scope, agent);
            Optional<Deployment> current = current(handle, scope, agent);
            Deployment before = current.filter(deployment -> deployment.previous() > 0)
                    .flatMap(deployment -> deployment(handle, scope, agent, deployment.previous()))
                    .orElseThrow(() -> new PlatformException(
                            AgentError.NOTHING_TO_ROLL_BACK, "No release was deployed before the one deployed now."));
            return point(
                    handle,
                    scope,
                    "agent.rollback",
                    current,
                    new Deployment(
                            agent,
                            current.orElseThrow().number() + 1,
                            before.release(),
                            before.previous(),
                            by,
                            clock.instant()));
        });
    }

    @Override
    public List<Deployment> deployments(ProjectScope scope, AgentId agent, Optional<Integer> beforeNumber, int limit) {
        return transactions.withHandle(handle -> {
            require(handle, scope, agent, "");
            return handle.createQuery("SELECT " + DEPLOYMENT_COLUMNS + """
                              FROM agent_deployment
                             WHERE tenant_id = :tenant AND agent_id = :agent AND number < :before
                             ORDER BY number DESC
                             LIMIT :limit
                            """)
                    .bind("tenant", scope.tenantId())
                    .bind("agent", agent.value())
                    .bind("before", beforeNumber.orElse(Integer.MAX_VALUE))
                    .bind("limit", limit)
                    .map(MySqlReleaseStore::deployment)
                    .list();
        });
    }

    private Deployment point(
            Handle handle, ProjectScope scope, String action, Optional<Deployment> before, Deployment deployment) {
        insert(handle, scope, deployment);
        handle.createUpdate("""
                        UPDATE agent
                           SET deployed_release_id = :release, deployment_number = :number, updated_at = :now
                         WHERE tenant_id = :tenant AND agent_id = :agent
                        """)
                .bind("release", deployment.release().value())
                .bind("number", deployment.number())
                .bind("now", deployment.deployedAt())
                .bind("tenant", scope.tenantId())
                .bind("agent", deployment.agentId().value())
                .execute();
        audit.record(
                handle,
                new Act(
                        scope.tenantId(),
                        action,
                        deployment.agentId().value(),
                        before.map(old -> Map.of("release_id", old.release().value())),
                        Optional.of(Map.of("release_id", deployment.release().value()))));
        return deployment;
    }

    private static void lock(Handle handle, ProjectScope scope, AgentId agent) {
        require(handle, scope, agent, "FOR UPDATE");
    }

    private static void require(Handle handle, ProjectScope scope, AgentId agent, String lock) {
        if (MySqlAgentStore.find(handle, scope, agent, lock).isEmpty()) {
            throw Agents.missing();
        }
    }

    private static Optional<Release> find(Handle handle, ProjectScope scope, AgentId agent, ReleaseId id) {
        return handle.createQuery("SELECT " + RELEASE_COLUMNS + """
                          FROM agent_release
                         WHERE tenant_id = :tenant AND agent_id = :agent AND release_id = :release
                        """)
                .bind("tenant", scope.tenantId())
                .bind("agent", agent.value())
                .bind("release", id.value())
                .map(MySqlReleaseStore::release)
                .findOne();
    }

    private static Optional<Release> ofDigest(Handle handle, ProjectScope scope, AgentId agent, String digest) {
        return handle.createQuery("SELECT " + RELEASE_COLUMNS + """
                          FROM agent_release
                         WHERE tenant_id = :tenant AND agent_id = :agent AND digest = :digest
                        """)
                .bind("tenant", scope.tenantId())
                .bind("agent", agent.value())
                .bind("digest", digest)
                .map(MySqlReleaseStore::release)
                .findOne();
    }

    private static void insert(Handle handle, ProjectScope scope, Release release) {
        handle.createUpdate("""
                        INSERT INTO agent_release (tenant_id, agent_id, release_id, number, specification, digest, note,
                                                   created_by, created_at)
                        SELECT :tenant, :agent, :release, COALESCE(MAX(number), 0) + 1, :specification, :digest, :note,
                               :by, :now
                          FROM agent_release
                         WHERE agent_id = :agent
                        """)
                .bind("tenant", scope.tenantId())
                .bind("agent", release.agentId().value())
                .bind("release", release.id().value())
                .bind("specification", release.specification())
                .bind("digest", release.digest())
                .bind("note", release.note())
                .bind("by", release.createdBy())
                .bind("now", release.createdAt())
                .execute();
    }

    private static void insert(Handle handle, ProjectScope scope, Deployment deployment) {
        handle.createUpdate("""
                        INSERT INTO agent_deployment (tenant_id, agent_id, number, release_id, previous, deployed_by, deployed_at)
                        VALUES (:tenant, :agent, :number, :release, :previous, :by, :now)
                        """)
                .bind("tenant", scope.tenantId())
                .bind("agent", deployment.agentId().value())
                .bind("number", deployment.number())
                .bind("release", deployment.release().value())
                .bind("previous", deployment.previous())
                .bind("by", deployment.deployedBy())
                .bind("now", deployment.deployedAt())
                .execute();
    }

    private static Optional<Deployment> current(Handle handle, ProjectScope scope, AgentId agent) {
        return handle.createQuery("SELECT deployment_number FROM agent WHERE tenant_id = :tenant AND agent_id = :agent")
                .bind("tenant", scope.tenantId())
                .bind("agent", agent.value())
                .mapTo(Integer.class)
                .findOne()
                .flatMap(number -> deployment(handle, scope, agent, number));
    }

    private static Optional<Deployment> deployment(Handle handle, ProjectScope scope, AgentId agent, int number) {
        return handle.createQuery("SELECT " + DEPLOYMENT_COLUMNS + """
                          FROM agent_deployment
                         WHERE tenant_id = :tenant AND agent_id = :agent AND number = :number
                        """)
                .bind("tenant", scope.tenantId())
                .bind("agent", agent.value())
                .bind("number", number)
                .map(MySqlReleaseStore::deployment)
                .findOne();
    }

    private static Release release(ResultSet row, StatementContext context) throws SQLException {
        return new Release(
                new ReleaseId(row.getString("release_id")),
                new AgentId(row.getString("agent_id")),
                row.getInt("number"),
                row.getString("specification"),
                row.getString("digest"),
                row.getString("note"),
                row.getString("created_by"),
                instant(row, "created_at"));
    }

    private static Deployment deployment(ResultSet row, StatementContext context) throws SQLException {
        return new Deployment(
                new AgentId(row.getString("agent_id")),
                row.getInt("number"),
                new ReleaseId(row.getString("release_id")),
                row.getInt("previous"),
                row.getString("deployed_by"),
                instant(row, "deployed_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
