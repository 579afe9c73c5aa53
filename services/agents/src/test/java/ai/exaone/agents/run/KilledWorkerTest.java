package ai.exaone.agents.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.agents.CountingToolServer;
import ai.exaone.agents.ScriptedModel;
import ai.exaone.agents.StubIdentity;
import ai.exaone.agents.agent.AgentId;
import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.agents.agent.SpecificationReader;
import ai.exaone.agents.agent.SpecificationSchema;
import ai.exaone.agents.model.InferenceDoor;
import ai.exaone.agents.model.ModelCaller;
import ai.exaone.agents.run.RunEvent.InputMessage;
import ai.exaone.agents.step.RunSteps;
import ai.exaone.agents.tool.Toolboxes;
import ai.exaone.agents.tool.outbound.AddressPolicy;
import ai.exaone.agents.tool.outbound.CidrRange;
import ai.exaone.agents.tool.outbound.HostResolver;
import ai.exaone.agents.tool.outbound.OutboundClient;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.RpcConfig;
import ai.exaone.rpc.RpcServer;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.interceptor.RpcServerInterceptors;
import ai.exaone.rpc.token.RemoteVerificationKeys;
import ai.exaone.rpc.token.TokenVerifier;
import ai.exaone.store.StoredTime;
import ai.exaone.store.creation.MySqlCreations;
import ai.exaone.testing.TestDatabase;
import io.grpc.BindableService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A worker is killed before and after each event that it appends; another one on the same database finishes the run. The run calls
 * a tool that must not be repeated, one that only reads, and one that recognises repeated calls by their key.
 */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledWorkerTest {
    private static final ProjectScope SCOPE = new ProjectScope(StubIdentity.TENANT, StubIdentity.PROJECT);
    /** How many events the worker of an undisturbed run appends. */
    private static final int EVENTS = 11;
    /** The worker's appends before and after the call that must not be repeated. */
    private static final int PAY_STARTED = 3;

    private final TestDatabase database = TestDatabase.migrated("agents");
    private final CountingToolServer tool = new CountingToolServer();
    private final ScriptedModel model = new ScriptedModel();
    private final StubIdentity identity = new StubIdentity();
    private final RpcConfig rpc = new RpcConfig("in-process", "killed-worker", 0, "127.0.0.1", null, null);
    private final RpcChannels channels = new RpcChannels(ServiceName.AGENTS, rpc);
    private final List<RpcServer> servers =
            List.of(serve(ServiceName.IDENTITY, identity.endpoints()), serve(ServiceName.GATEWAY, List.of(model)));
    private final IdGenerator ids = new IdGenerator(StoredTime.clock(), new SecureRandom());
    private final RunStore runs = new MySqlRunStore(
            database.transactions(),
            new MySqlCreations(database.transactions(), StoredTime.clock()),
            StoredTime.clock());
    private final Journal journal = new MySqlJournal(database.transactions(), StoredTime.clock());
    private final LeaseStore leases = new MySqlLeaseStore(database.transactions());
    private final SpecificationReader reader = new SpecificationReader(new SpecificationSchema());
    private final OutboundClient outbound = new OutboundClient(
            new AddressPolicy(List.of(CidrRange.of("127.0.0.1/32"))), HostResolver.system(), 1 << 20);

    @AfterAll
    void close() {
        outbound.close();
        servers.forEach(RpcServer::close);
        channels.close();
        tool.close();
        database.close();
    }

    @BeforeEach
    void script() {
        tool.calls().clear();
        model.script(body -> switch ((int) ScriptedModel.toolResults(body)) {
            case 0 ->
                new ScriptedModel.Answer.Calls(List.of(
                        new ScriptedModel.Call("c1", "pay", "{\"amount\":1}"),
                        new ScriptedModel.Call("c2", "look", "{}"),
                        new ScriptedModel.Call("c3", "book", "{}")));
            default -> new ScriptedModel.Answer.Text("Done.");
        });
    }

    static Stream<Arguments> kills() {
        return IntStream.rangeClosed(1, EVENTS)
                .boxed()
                .flatMap(event -> Stream.of(Arguments.of(event, false), Arguments.of(event, true)));
    }

    @ParameterizedTest(name = "killed at event {0}, written: {1}")
    @MethodSource("kills")
    void anotherWorkerFinishesWithoutRepeatingAFinishedStep(int event, boolean written) {
        Run run = create();
        var killed = new KilledStores(event, written);
        try (var first = worker("first", killed.journal(), killed.leases(), Duration.ofSeconds(30))) {
            Awaitility.await().until(killed::dead);
            try (var second = worker("second", journal, leases, Duration.ofMillis(200))) {
                Awaitility.await()
                        .until(() -> runs.find(SCOPE, run.id())
                                .orElseThrow()
                                .ending()
                                .isPresent());
            }
        }

        List<JournalEntry> entries = journal.read(run);
        assertThat(RunState.fold(entries).ending()).contains(new RunEvent.Completed("Done."));
        finishedSteps(entries)
                .forEach((step, times) -> assertThat(times).as("step %d", step).isEqualTo(1));
        boolean unknown = (event == PAY_STARTED && written) || (event == PAY_STARTED + 1 && !written);
        assertThat(entries.stream()
                        .anyMatch(entry -> entry.event() instanceof RunEvent.ToolCallFailed failed
                                && failed.reason().equals("TOOL_OUTCOME_UNKNOWN")))
                .isEqualTo(unknown);
        assertThat(callsTo("/pay")).hasSizeLessThanOrEqualTo(1);
        if (!unknown) {
            assertThat(callsTo("/pay")).hasSize(1);
        }
        assertThat(callsTo("/look"))
                .isNotEmpty()
                .extracting(CountingToolServer.Call::key)
                .containsOnly(run.id() + "-3");
        assertThat(callsTo("/book"))
                .isNotEmpty()
                .extracting(CountingToolServer.Call::key)
                .containsOnly(run.id() + "-4");
    }

    private List<CountingToolServer.Call> callsTo(String path) {
        return tool.calls().stream()
                .filter(call -> call.target().startsWith(path))
                .toList();
    }

    private static Map<Integer, Integer> finishedSteps(List<JournalEntry> entries) {
        Map<Integer, Integer> finished = new HashMap<>();
        for (JournalEntry entry : entries) {
            switch (entry.event()) {
                case RunEvent.ModelCallCompleted done -> finished.merge(done.step(), 1, Integer::sum);
                case RunEvent.ToolCallCompleted done -> finished.merge(done.step(), 1, Integer::sum);
                case RunEvent.ToolCallFailed done -> finished.merge(done.step(), 1, Integer::sum);
                default -> {
                    // Not the end of a step.
                }
            }
        }
        return finished;
    }

    private RunWorker worker(String name, Journal journal, LeaseStore leases, Duration silence) {
        var steps = RunSteps.source(
                new ModelCaller(new InferenceDoor(channels.to(ServiceName.GATEWAY))),
                new Toolboxes(outbound, (scope, names) -> Map.of()),
                ids,
                StoredTime.clock());
        var loop = new RunLoop(
                runs,
                journal,
                reader,
                new RunTokenClient(channels.to(ServiceName.IDENTITY)),
                steps,
                new RunLoop.Surroundings(new RunFeed(), StoredTime.clock()));
        return new RunWorker(new WorkerConfig(name, 16, Duration.ofMillis(50), silence), leases, loop).start();
    }

    private Run create() {
        String text = """
                apiVersion: exaone.ai/v1
                kind: Agent
                name: payer
                model: scripted
                instructions: You pay.
                tools:
                  - http: {name: pay, description: Pays., method: POST, url: "%1$s/pay"}
                  - http: {name: look, description: Looks., method: GET, url: "%1$s/look"}
                  - http: {name: book, description: Books., method: POST, url: "%1$s/book", idempotent: true}
                """.formatted(tool.url());
        String digest = reader.read(text).digest();
        var run = new Run(
                SCOPE,
                new RunId(ids.next("run")),
                new AgentId(ids.next("agt")),
                "payer",
                Optional.empty(),
                digest,
                new Run.Owner(StubIdentity.KEY, StubIdentity.KEY, 0),
                Run.Phase.QUEUED,
                1,
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                StoredTime.clock().instant(),
                Optional.empty());
        var started = new RunEvent.Started(List.of(new InputMessage("user", "Pay.")), Optional.empty(), digest);
        return runs.create(new RunStore.NewRun(run, started, text, Optional.empty()));
    }

    private RpcServer serve(ServiceName service, List<BindableService> endpoints) {
        var keys = new RemoteVerificationKeys(channels.to(ServiceName.IDENTITY), System::nanoTime);
        return RpcServer.start(
                service,
                rpc,
                endpoints,
                RpcServerInterceptors.inOrder(
                        new TokenVerifier(keys, Clock.systemUTC()),
                        new SimpleMeterRegistry(),
                        session -> Optional.empty()));
    }

    /** Thrown where the process would be gone: nothing may handle it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A worker's stores until it is killed; from then on it reaches nothing, not even to say that it leaves. */
    private final class KilledStores {
        private final int event;
        private final boolean written;
        private final List<RunEvent> appended = new ArrayList<>();
        private volatile boolean dead;
        private volatile long epoch;

        KilledStores(int event, boolean written) {
            this.event = event;
            this.written = written;
        }

        /** Dead for long: its heartbeat is set back, so that the test need not wait for its silence. */
        boolean dead() {
            if (dead) {
                database.transactions()
                        .withHandle(handle -> handle.execute(
                                "UPDATE worker SET seen_at = seen_at - INTERVAL 60 SECOND WHERE epoch = " + epoch));
            }
            return dead;
        }

        private void requireAlive() {
            if (dead) {
                throw new Killed();
            }
        }

        Journal journal() {
            return new Journal() {
                @Override
                public List<JournalEntry> read(Run run) {
                    requireAlive();
                    return journal.read(run);
                }

                @Override
                public JournalEntry append(Run run, long by, RunState before, RunEvent next) {
                    requireAlive();
                    appended.add(next);
                    boolean last = appended.size() == event;
                    if (last && !written) {
                        dead = true;
                        throw new Killed();
                    }
                    JournalEntry entry = journal.append(run, by, before, next);
                    if (last) {
                        dead = true;
                        throw new Killed();
                    }
                    return entry;
                }
            };
        }

        LeaseStore leases() {
            return new LeaseStore() {
                @Override
                public long register(String name) {
                    requireAlive();
                    epoch = leases.register(name);
                    return epoch;
                }

                @Override
                public boolean heartbeat(long by) {
                    requireAlive();
                    return leases.heartbeat(by);
                }

                @Override
                public List<Long> expire(Duration silence) {
                    requireAlive();
                    return leases.expire(silence);
                }

                @Override
                public List<Run> claim(long by, int limit) {
                    requireAlive();
                    return leases.claim(by, limit);
                }

                @Override
                public void release(long by, Run run) {
                    requireAlive();
                    leases.release(by, run);
                }

                @Override
                public void end(long by) {
                    if (!dead) {
                        leases.end(by);
                    }
                }

                @Override
                public Map<RunId, String> cancellations(long by) {
                    requireAlive();
                    return leases.cancellations(by);
                }
            };
        }
    }
}
