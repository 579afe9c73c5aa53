package ai.exaone.agents.run;

import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.agents.agent.ReleaseId;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.creation.MySqlCreations;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Runs in MySQL or MariaDB. Thread-safe. */
public final class MySqlRunStore implements RunStore {
    private final Transactions transactions;
    private final MySqlCreations creations;
    private final Clock clock;

    public MySqlRunStore(Transactions transactions, MySqlCreations creations, Clock clock) {
        this.transactions = transactions;
        this.creations = creations;
        this.clock = clock;
    }

    @Override
    public Run create(NewRun creation) {
        Run run = creation.run();
        return transactions.inTransaction(handle -> {
            Optional<String> earlier =
                    creations.claim(handle, creation.request(), run.id().value());
            if (earlier.isPresent()) {
                return find(handle, run.scope(), new RunId(earlier.get()), "").orElseThrow();
            }
            insertSpecification(handle, run, creation.specification());
            insertRun(handle, run);
            MySqlJournal.insertEvent(handle, run, new JournalEntry(1, run.createdAt(), creation.started()));
            return run;
        });
    }

    @Override
    public Optional<Run> made(ProjectScope scope, CreationRequest request) {
        return transactions.withHandle(
                handle -> creations.find(handle, request).flatMap(id -> find(handle, scope, new RunId(id), "")));
    }

    @Override
    public Optional<Run> find(ProjectScope scope, RunId id) {
        return transactions.withHandle(handle -> find(handle, scope, id, ""));
    }

    @Override
    public Optional<Run> findOfTenant(String tenantId, RunId id) {
        return transactions.withHandle(handle -> handle.createQuery(
                        "SELECT " + MySqlRunRows.COLUMNS + " FROM run WHERE tenant_id = :tenant AND run_id = :run")
                .bind("tenant", tenantId)
                .bind("run", id.value())
                .map(MySqlRunRows::run)
                .findOne());
    }

    @Override
    public List<Run> list(ProjectScope scope, Filter filter, Optional<RunId> before, int limit) {
        return transactions.withHandle(handle -> handle.createQuery("SELECT " + MySqlRunRows.COLUMNS + """
                          FROM run
                         WHERE tenant_id = :tenant AND project_id = :project
                           AND (:agent IS NULL OR agent_id = :agent)
                           AND (:phase IS NULL OR phase = :phase)
                           AND (:before IS NULL OR run_id < :before)
                         ORDER BY run_id DESC
                         LIMIT :limit
                        """)
                .bind("tenant", scope.tenantId())
                .bind("project", scope.projectId())
                .bind("agent", orNull(filter.agent().map(Object::toString)))
                .bind("phase", orNull(filter.phase().map(Run.Phase::name)))
                .bind("before", orNull(before.map(RunId::value)))
                .bind("limit", limit)
                .map(MySqlRunRows::run)
                .list());
    }

    @Override
    public List<RunId> open(ProjectScope scope) {
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT run_id
                          FROM run
                         WHERE tenant_id = :tenant AND project_id = :project AND lease_epoch IS NOT NULL
                        """)
                .bind("tenant", scope.tenantId())
                .bind("project", scope.projectId())
                .map((row, context) -> new RunId(row.getString("run_id")))
                .list());
    }

    @Override
    public List<JournalEntry> entries(String tenantId, RunId id, long afterSequence, int limit) {
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT sequence, event, created_at
                          FROM run_event
                         WHERE tenant_id = :tenant AND run_id = :run AND sequence > :after
                         ORDER BY sequence
                         LIMIT :limit
                        """)
                .bind("tenant", tenantId)
                .bind("run", id.value())
                .bind("after", afterSequence)
                .bind("limit", limit)
                .map(MySqlRunRows::entry)
                .list());
    }

    @Override
    public String specification(String tenantId, String digest) {
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT specification
                          FROM run_specification
                         WHERE tenant_id = :tenant AND digest = :digest
                        """)
                .bind("tenant", tenantId)
                .bind("digest", digest)
                .mapTo(String.class)
                .one());
    }

    @Override
    public Optional<Run> cancel(ProjectScope scope, RunId id, String by) {
        return transactions.inTransaction(handle -> {
            Optional<Run> found = find(handle, scope, id, "FOR UPDATE");
            if (found.isEmpty() || found.get().ending().isPresent()) {
                return found;
            }
            if (waits(handle, found.get())) {
                var cancelled =
                        new JournalEntry(found.get().lastSequence() + 1, clock.instant(), new RunEvent.Cancelled(by));
                MySqlJournal.insertEvent(handle, found.get(), cancelled);
                endWaiting(handle, found.get(), cancelled);
            } else {
                mark(handle, found.get(), by);
            }
            return find(handle, scope, id, "");
        });
    }

    private static void insertSpecification(Handle handle, Run run, String specification) {
        handle.createUpdate("""
                        INSERT INTO run_specification (tenant_id, digest, specification)
                        VALUES (:tenant, :digest, :specification)
                        ON DUPLICATE KEY UPDATE digest = digest
                        """)
                .bind("tenant", run.scope().tenantId())
                .bind("digest", run.specificationDigest())
                .bind("specification", specification)
                .execute();
    }

    private static void insertRun(Handle handle, Run run) {
        handle.createUpdate("""
                        INSERT INTO run (tenant_id, project_id, run_id, agent_id, agent_name, release_id, specification_digest,
                                         owner, principal, depth, phase, last_sequence, steps, input_tokens, output_tokens,
                                         lease_epoch, created_at)
                        VALUES (:tenant, :project, :run, :agent, :agentName, :release, :digest,
                                :owner, :principal, :depth, :phase, 1, 0, 0, 0,
                                0, :now)
                        """)
                .bind("tenant", run.scope().tenantId())
                .bind("project", run.scope().projectId())
                .bind("run", run.id().value())
                .bind("agent", run.agentId().value())
                .bind("agentName", run.agentName())
                .bind("release", orNull(run.release().map(ReleaseId::value)))
                .bind("digest", run.specificationDigest())
                .bind("owner", run.owner().subject())
                .bind("principal", run.owner().principal())
                .bind("depth", run.owner().depth())
                .bind("phase", run.phase().name())
                .bind("now", run.createdAt())
                .execute();
    }

    private static Optional<Run> find(Handle handle, ProjectScope scope, RunId id, String lock) {
        return handle.createQuery("SELECT " + MySqlRunRows.COLUMNS + """
                          FROM run
                         WHERE tenant_id = :tenant AND project_id = :project AND run_id = :run
                        """ + lock)
                .bind("tenant", scope.tenantId())
                .bind("project", scope.projectId())
                .bind("run", id.value())
                .map(MySqlRunRows::run)
                .findOne();
    }

    private static boolean waits(Handle handle, Run run) {
        return handle.createQuery("SELECT lease_epoch = 0 FROM run WHERE tenant_id = :tenant AND run_id = :run")
                .bind("tenant", run.scope().tenantId())
                .bind("run", run.id().value())
                .mapTo(Boolean.class)
                .one();
    }

    private static void endWaiting(Handle handle, Run run, JournalEntry last) {
        handle.createUpdate("""
                        UPDATE run
                           SET phase = 'CANCELLED', last_sequence = :sequence, ending = :ending, cancelled_by = :by,
                               lease_epoch = NULL, ended_at = :now
                         WHERE tenant_id = :tenant AND run_id = :run
                        """)
                .bind("tenant", run.scope().tenantId())
                .bind("run", run.id().value())
                .bind("sequence", last.sequence())
                .bind("ending", RunEventMessages.toJson(last.event()))
                .bind("by", ((RunEvent.Cancelled) last.event()).by())
                .bind("now", last.time())
                .execute();
    }

    private static void mark(Handle handle, Run run, String by) {
        handle.createUpdate("""
                        UPDATE run
                           SET cancelled_by = COALESCE(cancelled_by, :by)
                         WHERE tenant_id = :tenant AND run_id = :run
                        """)
                .bind("tenant", run.scope().tenantId())
                .bind("run", run.id().value())
                .bind("by", by)
                .execute();
    }

    private static @Nullable String orNull(Optional<String> value) {
        return value.orElse(null);
    }
}
