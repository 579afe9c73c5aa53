package ai.exaone.agents.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.ServiceName;
import ai.exaone.store.StoredTime;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.creation.MySqlCreations;
import ai.exaone.testing.Engine;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What agents and releases promise, on a real database. */
@Tag("server")
@EveryEngine
class AgentStoreTest {
    private static final ProjectScope SCOPE = new ProjectScope("tnt_a", "prj_a");
    private static final ProjectScope NEIGHBOUR = new ProjectScope("tnt_a", "prj_b");
    private static final ProjectScope STRANGER = new ProjectScope("tnt_b", "prj_a");
    private static final Instant NOW = Instant.parse("2026-03-18T06:30:00.123456Z");

    @AutoClose
    private final TestDatabase database;

    private final AgentStore agents;
    private final ReleaseStore releases;
    private final IdGenerator ids = new IdGenerator(StoredTime.clock(), new SecureRandom());

    AgentStoreTest(Engine engine) {
        database = TestDatabase.migrated(engine, "agents");
        var audit = new MySqlAuditOutbox(ServiceName.AGENTS, database.transactions(), ids, StoredTime.clock());
        agents = new MySqlAgentStore(
                database.transactions(), new MySqlCreations(database.transactions(), StoredTime.clock()), audit);
        releases = new MySqlReleaseStore(database.transactions(), audit, StoredTime.clock());
    }

    @BeforeEach
    void empty() {
        database.clear();
    }

    @Test
    void anAgentIsFoundInItsProjectOnly() {
        Agent agent = agents.create(agent("clerk", SCOPE), Optional.empty());

        assertThat(agents.find(SCOPE, agent.id())).contains(agent);
        assertThat(agents.findByName(SCOPE, "clerk")).contains(agent);
        for (ProjectScope other : List.of(NEIGHBOUR, STRANGER)) {
            assertThat(agents.find(other, agent.id())).isEmpty();
            assertThat(agents.findByName(other, "clerk")).isEmpty();
            assertThat(agents.list(other, Optional.empty(), 10)).isEmpty();
            assertThat(agents.describe(other, agent.id(), "x", NOW)).isEmpty();
            assertThat(agents.delete(other, agent.id(), NOW)).isFalse();
            assertThat(agents.putDraft(other, draft(agent))).isFalse();
        }
        assertThat(agents.create(agent("clerk", NEIGHBOUR), Optional.empty()).name())
                .isEqualTo("clerk");
    }

    @Test
    void aRefusedCreationLeavesNothing() {
        agents.create(agent("clerk", SCOPE), Optional.empty());
        var request = Optional.of(new CreationRequest(SCOPE.tenantId(), "CreateAgentRequest", "r", "f"));

        assertThat(reason(() -> agents.create(agent("clerk", SCOPE), request))).isEqualTo(AgentError.AGENT_EXISTS);
        assertThat(agents.create(agent("other", SCOPE), request).name()).isEqualTo("other");
        assertThat(outbox()).isEqualTo(2);
    }

    @Test
    void concurrentReleasesHaveDistinctNumbersAndDigests() throws Exception {
        Agent agent = agents.create(agent("clerk", SCOPE), Optional.empty());
        List<Callable<ReleaseStore.Created>> creations = IntStream.range(0, 12)
                .<Callable<ReleaseStore.Created>>mapToObj(number ->
                        () -> releases.create(SCOPE, release(agent, Integer.toString(number % 6))))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<ReleaseStore.Created> made =
                    threads.invokeAll(creations).stream().map(Future::resultNow).toList();
            assertThat(made.stream().filter(created -> !created.existed())).hasSize(6);
        }

        assertThat(releases.list(SCOPE, agent.id(), Optional.empty(), 20))
                .extracting(Release::number)
                .containsExactly(6, 5, 4, 3, 2, 1);
    }

    @Test
    void aReleaseOfAnotherAgentIsNotDeployed() {
        Agent one = agents.create(agent("one", SCOPE), Optional.empty());
        Agent two = agents.create(agent("two", SCOPE), Optional.empty());
        Release release = releases.create(SCOPE, release(one, "1")).release();

        assertThat(reason(() -> releases.deploy(SCOPE, two.id(), release.id(), "usr_1")))
                .isEqualTo(AgentError.RELEASE_NOT_FOUND);
        assertThat(reason(() -> releases.deploy(STRANGER, one.id(), release.id(), "usr_1")))
                .isEqualTo(AgentError.AGENT_NOT_FOUND);
        assertThat(releases.find(SCOPE, two.id(), release.id())).isEmpty();
        assertThat(releases.deploy(SCOPE, one.id(), release.id(), "usr_1").number())
                .isEqualTo(1);
        assertThat(releases.deploy(SCOPE, one.id(), release.id(), "usr_1").number())
                .isEqualTo(1);
        assertThat(agents.find(SCOPE, one.id()).orElseThrow().deployedRelease()).contains(release.id());
    }

    @Test
    void aDraftTakesThePlaceOfTheOneBefore() {
        Agent agent = agents.create(agent("clerk", SCOPE), Optional.empty());
        assertThat(agents.draft(SCOPE, agent.id())).isEmpty();
        agents.putDraft(SCOPE, draft(agent));
        var second = new Draft(agent.id(), "두 번째", "e".repeat(64), "usr_2", NOW);
        agents.putDraft(SCOPE, second);

        assertThat(agents.draft(SCOPE, agent.id())).contains(second);
        assertThat(agents.draft(NEIGHBOUR, agent.id())).isEmpty();
    }

    private Agent agent(String name, ProjectScope scope) {
        return new Agent(scope, new AgentId(ids.next("agt")), name, "설명", Optional.empty(), "usr_1", NOW, NOW);
    }

    private static Draft draft(Agent agent) {
        return new Draft(agent.id(), "first", "d".repeat(64), "usr_1", NOW);
    }

    private Release release(Agent agent, String digest) {
        return new Release(
                new ReleaseId(ids.next("rel")), agent.id(), 0, "text", digest.repeat(64), "note", "usr_1", NOW);
    }

    private int outbox() {
        return database.transactions()
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM audit_outbox")
                        .mapTo(Integer.class)
                        .one());
    }

    private static Object reason(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call).reason();
    }
}
