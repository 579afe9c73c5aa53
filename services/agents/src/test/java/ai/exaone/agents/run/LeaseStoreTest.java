package ai.exaone.agents.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.agents.agent.AgentId;
import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.agents.run.RunEvent.InputMessage;
import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.StoredTime;
import ai.exaone.store.creation.CreationError;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.creation.MySqlCreations;
import ai.exaone.testing.Engine;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What runs, leases and journals promise, on a real database. */
@Tag("server")
@EveryEngine
class LeaseStoreTest {
    private static final ProjectScope SCOPE = new ProjectScope("tnt_a", "prj_a");
    private static final ProjectScope STRANGER = new ProjectScope("tnt_b", "prj_a");
    private static final Duration SILENCE = Duration.ofMinutes(5);

    @AutoClose
    private final TestDatabase database;

    private final RunStore runs;
    private final Journal journal;
    private final LeaseStore leases;
    private final IdGenerator ids = new IdGenerator(StoredTime.clock(), new SecureRandom());

    LeaseStoreTest(Engine engine) {
        database = TestDatabase.migrated(engine, "agents");
        runs = new MySqlRunStore(
                database.transactions(),
                new MySqlCreations(database.transactions(), StoredTime.clock()),
                StoredTime.clock());
        journal = new MySqlJournal(database.transactions(), StoredTime.clock());
        leases = new MySqlLeaseStore(database.transactions());
    }

    @BeforeEach
    void empty() {
        database.clear();
    }

    @Test
    void aRunIsClaimedOnceAndAdvancedOnlyByItsWorker() {
        Run run = create("r1");
        long first = leases.register("w1");
        long second = leases.register("w2");

        assertThat(second).isGreaterThan(first);
        assertThat(leases.claim(first, 10)).extracting(Run::id).containsExactly(run.id());
        assertThat(leases.claim(second, 10)).isEmpty();

        RunState state = RunState.fold(journal.read(run));
        var event = new RunEvent.ModelCallStarted(1, "m", "req_1", 1);
        assertThat(reason(() -> journal.append(run, second, state, event))).isEqualTo(RunError.RUN_LEASE_LOST);
        journal.append(run, first, state, event);
        assertThat(reason(() -> journal.append(run, first, state, event))).isEqualTo(RunError.RUN_LEASE_LOST);
        assertThat(journal.read(run)).extracting(JournalEntry::sequence).containsExactly(1L, 2L);
    }

    @Test
    void aSilentWorkerLosesItsRuns() {
        Run run = create("r1");
        long silent = leases.register("w1");
        long living = leases.register("w2");
        leases.claim(silent, 10);
        age(silent, 360);
        leases.heartbeat(living);

        assertThat(leases.expire(SILENCE)).containsExactly(silent);
        assertThat(leases.expire(SILENCE)).isEmpty();
        assertThat(leases.heartbeat(silent)).isFalse();
        assertThat(leases.heartbeat(living)).isTrue();
        assertThat(leases.claim(silent, 10)).isEmpty();
        assertThat(leases.claim(living, 10)).extracting(Run::id).containsExactly(run.id());
        RunState state = RunState.fold(journal.read(run));
        assertThat(reason(() -> journal.append(run, silent, state, new RunEvent.Failed("X", "x"))))
                .isEqualTo(RunError.RUN_LEASE_LOST);
    }

    @Test
    void manyWorkersShareTheRuns() throws Exception {
        for (int number = 0; number < 40; number++) {
            create("r" + number);
        }
        List<Long> epochs =
                List.of(leases.register("w1"), leases.register("w2"), leases.register("w3"), leases.register("w4"));
        List<Callable<List<Run>>> claims = epochs.stream()
                .<Callable<List<Run>>>map(epoch -> () -> leases.claim(epoch, 10))
                .toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<RunId> claimed = threads.invokeAll(claims).stream()
                    .map(Future::resultNow)
                    .flatMap(List::stream)
                    .map(Run::id)
                    .toList();
            assertThat(claimed).doesNotHaveDuplicates().hasSizeBetween(10, 40);
        }
    }

    @Test
    void anEndedRunKeepsItsEndAndIsClaimedByNobody() {
        Run run = create("r1");
        long epoch = leases.register("w1");
        leases.claim(epoch, 10);
        journal.append(run, epoch, RunState.fold(journal.read(run)), new RunEvent.Failed("RUN_BROKEN", "It broke."));
        leases.release(epoch, run);
        leases.end(epoch);

        Run ended = runs.find(SCOPE, run.id()).orElseThrow();
        assertThat(ended.phase()).isEqualTo(Run.Phase.FAILED);
        assertThat(ended.ending()).contains(new RunEvent.Failed("RUN_BROKEN", "It broke."));
        assertThat(ended.endedAt()).isPresent();
        assertThat(leases.claim(leases.register("w2"), 10)).isEmpty();
    }

    @Test
    void aWaitingRunIsCancelledAtOnceAndALeasedOneIsMarked() {
        Run waiting = create("r1");
        Run cancelled = runs.cancel(SCOPE, waiting.id(), "usr_1").orElseThrow();
        assertThat(cancelled.ending()).contains(new RunEvent.Cancelled("usr_1"));
        assertThat(journal.read(waiting))
                .last()
                .extracting(JournalEntry::event)
                .isEqualTo(new RunEvent.Cancelled("usr_1"));

        Run leased = create("r2");
        long epoch = leases.register("w1");
        leases.claim(epoch, 10);
        assertThat(runs.cancel(SCOPE, leased.id(), "usr_1").orElseThrow().ending())
                .isEmpty();
        assertThat(runs.cancel(SCOPE, leased.id(), "usr_2").orElseThrow().cancelledBy())
                .contains("usr_1");
        assertThat(leases.cancellations(epoch)).isEqualTo(Map.of(leased.id(), "usr_1"));
        assertThat(runs.cancel(STRANGER, leased.id(), "usr_1")).isEmpty();
    }

    @Test
    void theSameRequestGivesTheSameRun() {
        Run first = create("same");
        Run again = create("same");

        assertThat(again.id()).isEqualTo(first.id());
        var other = newRun(
                "other content",
                Optional.of(new CreationRequest(SCOPE.tenantId(), "CreateRunRequest", "same", "f2")),
                SCOPE);
        assertThat(reason(() -> runs.create(other))).isEqualTo(CreationError.REQUEST_ID_REUSED);
    }

    @Test
    void concurrentRequestsOfOneIdMakeOneRun() throws Exception {
        List<Callable<Run>> same = Stream.<Callable<Run>>generate(() -> () -> create("same"))
                .limit(8)
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Set<RunId> made = threads.invokeAll(same).stream()
                    .map(Future::resultNow)
                    .map(Run::id)
                    .collect(Collectors.toSet());
            assertThat(made).hasSize(1);
        }
    }

    @Test
    void listsAreOfOneProjectNewestFirstInPages() {
        Run first = create("r1");
        Run second = create("r2");
        Run third = create("r3");
        runs.create(newRun("x", Optional.empty(), STRANGER));
        var all = new RunStore.Filter(Optional.empty(), Optional.empty());

        assertThat(runs.list(SCOPE, all, Optional.empty(), 2))
                .extracting(Run::id)
                .containsExactly(third.id(), second.id());
        assertThat(runs.list(SCOPE, all, Optional.of(second.id()), 2))
                .extracting(Run::id)
                .containsExactly(first.id());
        runs.cancel(SCOPE, first.id(), "usr_1");
        var cancelled = new RunStore.Filter(Optional.of(first.agentId()), Optional.of(Run.Phase.CANCELLED));
        assertThat(runs.list(SCOPE, cancelled, Optional.empty(), 9))
                .extracting(Run::id)
                .containsExactly(first.id());
        assertThat(runs.find(STRANGER, first.id())).isEmpty();
        assertThat(runs.entries(STRANGER.tenantId(), first.id(), 0, 9)).isEmpty();
    }

    private Run create(String requestId) {
        return runs.create(newRun(
                "Hello?",
                Optional.of(new CreationRequest(SCOPE.tenantId(), "CreateRunRequest", requestId, "f1")),
                SCOPE));
    }

    private RunStore.NewRun newRun(String text, Optional<CreationRequest> request, ProjectScope scope) {
        var run = new Run(
                scope,
                new RunId(ids.next("run")),
                new AgentId("agt_1"),
                "clerk",
                Optional.empty(),
                "d".repeat(64),
                new Run.Owner("usr_1", "usr_1", 0),
                Run.Phase.QUEUED,
                1,
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                StoredTime.clock().instant(),
                Optional.empty());
        var started = new RunEvent.Started(List.of(new InputMessage("user", text)), Optional.empty(), "d".repeat(64));
        return new RunStore.NewRun(run, started, "specification", request);
    }

    private void age(long epoch, int seconds) {
        database.transactions()
                .withHandle(handle -> handle.execute("UPDATE worker SET seen_at = seen_at - INTERVAL " + seconds
                        + " SECOND WHERE epoch = " + epoch));
    }

    private static Object reason(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call).reason();
    }
}
