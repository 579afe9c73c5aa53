package ai.exaone.agents.agent;

import ai.exaone.audit.Act;
import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.errors.PlatformException;
import ai.exaone.store.ConstraintException;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.creation.MySqlCreations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Agents in MySQL or MariaDB. Thread-safe. */
public final class MySqlAgentStore implements AgentStore {
    private static final String NAME_KEY = "agent_name";
    private static final String COLUMNS =
            "tenant_id, project_id, agent_id, name, description, deployed_release_id, created_by, created_at, updated_at";

    private final Transactions transactions;
    private final MySqlCreations creations;
    private final MySqlAuditOutbox audit;

    public MySqlAgentStore(Transactions transactions, MySqlCreations creations, MySqlAuditOutbox audit) {
        this.transactions = transactions;
        this.creations = creations;
        this.audit = audit;
    }

    @Override
    public Agent create(Agent agent, Optional<CreationRequest> request) {
        try {
            return transactions.inTransaction(handle -> {
                Optional<String> earlier =
                        creations.claim(handle, request, agent.id().value());
                if (earlier.isPresent()) {
                    return find(handle, agent.scope(), new AgentId(earlier.get()), "")
                            .orElseThrow(Agents::missing);
                }
                insert(handle, agent);
                audit.record(
                        handle,
                        Act.created(
                                agent.scope().tenantId(),
                                "agent.create",
                                agent.id().value(),
                                Map.of("project_id", agent.scope().projectId(), "name", agent.name())));
                return agent;
            });
        } catch (ConstraintException taken) {
            if (taken.isDuplicateOf(NAME_KEY)) {
                throw PlatformException.because(
                                AgentError.AGENT_EXISTS,
                                "The project has an agent called " + agent.name() + " already.")
                        .metadata("name", agent.name())
                        .build();
            }
            throw taken;
        }
    }

    @Override
    public Optional<Agent> find(ProjectScope scope, AgentId id) {
        return transactions.withHandle(handle -> find(handle, scope, id, ""));
    }

    @Override
    public Optional<Agent> findByName(ProjectScope scope, String name) {
        return transactions.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + """
                          FROM agent
                         WHERE tenant_id = :tenant AND project_id = :project AND live_name = :name
                        """)
                .bind("tenant", scope.tenantId())
                .bind("project", scope.projectId())
                .bind("name", name)
                .map(MySqlAgentStore::agent)
                .findOne());
    }

    @Override
    public List<Agent> list(ProjectScope scope, Optional<String> afterName, int limit) {
        return transactions.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + """
                          FROM agent
                         WHERE tenant_id = :tenant AND project_id = :project AND live_name > :after
                         ORDER BY live_name
                         LIMIT :limit
                        """)
                .bind("tenant", scope.tenantId())
                .bind("project", scope.projectId())
                .bind("after", afterName.orElse(""))
                .bind("limit", limit)
                .map(MySqlAgentStore::agent)
                .list());
    }

    @Override
    public Optional<Agent> describe(ProjectScope scope, AgentId id, String description, Instant now) {
        return transactions.inTransaction(handle -> {
            Optional<Agent> before = find(handle, scope, id, "FOR UPDATE");
            if (before.isEmpty() || before.get().description().equals(description)) {
                return before;
            }
            handle.createUpdate("""
                            UPDATE agent
                               SET description = :description, updated_at = :now
                             WHERE tenant_id = :tenant AND agent_id = :agent
                            """)
                    .bind("description", description)
                    .bind("now", now)
                    .bind("tenant", scope.tenantId())
                    .bind("agent", id.value())
                    .execute();
            audit.record(
                    handle,
                    Act.changed(
                            scope.tenantId(),
                            "agent.update",
                            id.value(),
                            Map.of("description", before.get().description()),
                            Map.of("description", description)));
            return find(handle, scope, id, "");
        });
    }

    @Override
    public boolean delete(ProjectScope scope, AgentId id, Instant now) {
        return transactions.inTransaction(handle -> {
            Optional<Agent> before = find(handle, scope, id, "FOR UPDATE");
            if (before.isEmpty()) {
                return false;
            }
            handle.createUpdate("""
                            UPDATE agent
                               SET live_name = NULL, updated_at = :now
                             WHERE tenant_id = :tenant AND agent_id = :agent
                            """)
                    .bind("now", now)
                    .bind("tenant", scope.tenantId())
                    .bind("agent", id.value())
                    .execute();
            audit.record(
                    handle,
                    Act.deleted(
                            scope.tenantId(),
                            "agent.delete",
                            id.value(),
                            Map.of("name", before.get().name())));
            return true;
        });
    }

    @Override
    public boolean putDraft(ProjectScope scope, Draft draft) {
        return transactions.inTransaction(handle -> {
            if (find(handle, scope, draft.agentId(), "FOR UPDATE").isEmpty()) {
                return false;
            }
            handle.createUpdate("""
                            INSERT INTO agent_draft (tenant_id, agent_id, specification, digest, updated_by, updated_at)
                            VALUES (:tenant, :agent, :specification, :digest, :by, :now)
                            ON DUPLICATE KEY UPDATE specification = VALUES(specification), digest = VALUES(digest),
                                                    updated_by = VALUES(updated_by), updated_at = VALUES(updated_at)
                            """)
                    .bind("tenant", scope.tenantId())
                    .bind("agent", draft.agentId().value())
                    .bind("specification", draft.specification())
                    .bind("digest", draft.digest())
                    .bind("by", draft.updatedBy())
                    .bind("now", draft.updatedAt())
                    .execute();
            touch(handle, scope, draft.agentId(), draft.updatedAt());
            audit.record(
                    handle,
                    Act.created(
                            scope.tenantId(),
                            "agent.draft",
                            draft.agentId().value(),
                            Map.of("digest", draft.digest())));
            return true;
        });
    }

    @Override
    public Optional<Draft> draft(ProjectScope scope, AgentId id) {
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT d.specification, d.digest, d.updated_by, d.updated_at
                          FROM agent_draft d
                          JOIN agent a ON a.agent_id = d.agent_id
                         WHERE a.tenant_id = :tenant AND a.project_id = :project AND a.agent_id = :agent
                           AND a.live_name IS NOT NULL
                        """)
                .bind("tenant", scope.tenantId())
                .bind("project", scope.projectId())
                .bind("agent", id.value())
                .map((row, context) -> new Draft(
                        id,
                        row.getString("specification"),
                        row.getString("digest"),
                        row.getString("updated_by"),
                        row.getTimestamp("updated_at").toInstant()))
                .findOne());
    }

    private static void insert(Handle handle, Agent agent) {
        handle.createUpdate("""
                        INSERT INTO agent (tenant_id, project_id, agent_id, name, live_name, description, deployment_number,
                                           created_by, created_at, updated_at)
                        VALUES (:tenant, :project, :agent, :name, :name, :description, 0, :by, :now, :now)
                        """)
                .bind("tenant", agent.scope().tenantId())
                .bind("project", agent.scope().projectId())
                .bind("agent", agent.id().value())
                .bind("name", agent.name())
                .bind("description", agent.description())
                .bind("by", agent.createdBy())
                .bind("now", agent.createdAt())
                .execute();
    }

    static void touch(Handle handle, ProjectScope scope, AgentId id, Instant now) {
        handle.createUpdate("UPDATE agent SET updated_at = :now WHERE tenant_id = :tenant AND agent_id = :agent")
                .bind("now", now)
                .bind("tenant", scope.tenantId())
                .bind("agent", id.value())
                .execute();
    }

    /**
     * @param lock {@code FOR UPDATE} or nothing
     */
    static Optional<Agent> find(Handle handle, ProjectScope scope, AgentId id, String lock) {
        return handle.createQuery("SELECT " + COLUMNS + """
                          FROM agent
                         WHERE tenant_id = :tenant AND project_id = :project AND agent_id = :agent
                           AND live_name IS NOT NULL
                        """ + lock)
                .bind("tenant", scope.tenantId())
                .bind("project", scope.projectId())
                .bind("agent", id.value())
                .map(MySqlAgentStore::agent)
                .findOne();
    }

    private static Agent agent(ResultSet row, StatementContext context) throws SQLException {
        return new Agent(
                new ProjectScope(row.getString("tenant_id"), row.getString("project_id")),
                new AgentId(row.getString("agent_id")),
                row.getString("name"),
                row.getString("description"),
                Optional.ofNullable(row.getString("deployed_release_id")).map(ReleaseId::new),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }
}
