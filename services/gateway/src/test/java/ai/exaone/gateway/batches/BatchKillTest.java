package ai.exaone.gateway.batches;

import static ai.exaone.gateway.batches.ThroughBatches.field;
import static ai.exaone.gateway.batches.ThroughBatches.lines;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.KeptFiles;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one database: the one that works on a batch is killed in the middle, and the other one goes on. */
@Tag("server")
class BatchKillTest {
    private static final int LINES = 120;
    private static final int ANSWERED_BEFORE = 40;

    @TempDir
    private Path folder;

    private final TestDatabase database = TestDatabase.create("gateway");
    private final CountDownLatch killed = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    /** Answers some, and keeps the others waiting until whoever asks is killed. */
    private final StubEngine engine = StubEngine.start((request, reply) -> {
        if (calls.incrementAndGet() > ANSWERED_BEFORE) {
            killed.await();
        }
        Answers.words(request, reply);
    });

    /** What each call came to, by request id: the best of what either gateway recorded. */
    private final Map<String, Outcome> recorded = new ConcurrentHashMap<>();

    private Map<String, Object> settings;

    @BeforeEach
    void prepare() {
        settings = KeptFiles.settings(folder, database);
        settings.put("exaone.gateway.id", "gateway-b");
        settings.put("exaone.gateway.batches.lease", "2s");
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
        database.close();
    }

    @Test
    void eachLineHasOneResultAndIsChargedOnce() throws Exception {
        Process first = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BatchingGateway.class.getName(),
                        folder.toString(),
                        database.config().url(),
                        database.config().user(),
                        engine.url().toString(),
                        Integer.toString(LINES))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = first.inputReader()) {
            String batchId = said.lines()
                    .filter(line -> line.startsWith("batch "))
                    .findFirst()
                    .orElseThrow()
                    .substring("batch ".length());
            Awaitility.await().until(() -> calls.get() > ANSWERED_BEFORE);
            try (GatewayCluster second = GatewayCluster.start(folder.resolve("spool-b"), settings)) {
                first.toHandle().destroyForcibly();
                killed.countDown();
                said.lines().forEach(this::record);
                goOn(second, batchId);
            }
            // What the one that was killed had not drained.
            try (GatewayCluster restarted = GatewayCluster.start(folder.resolve("spool-a"), settings)) {
                Awaitility.await().until(() -> {
                    take(restarted);
                    return recorded.keySet().containsAll(expected(batchId));
                });
                take(restarted);
            }
            assertThat(recorded.keySet()).isEqualTo(expected(batchId));
            assertThat(recorded.values()).containsOnly(Outcome.OUTCOME_COMPLETED);
        } finally {
            first.destroyForcibly();
        }
    }

    private void goOn(GatewayCluster gateway, String batchId) throws Exception {
        gateway.serving.put(InMemoryServing.chat("chat", List.of(engine.url())).build());
        ThroughBatches batches = new ThroughBatches(
                new Caller(gateway.url(), gateway.identity.addKey(TestIds.KEY, List.of(), Optional.empty())));
        assertThat(batches.get(batchId)).contains("\"status\":\"in_progress\"");

        String batch = batches.awaitStatus(batchId, "completed");

        assertThat(batch)
                .contains("\"request_counts\":{\"total\":" + LINES + ",\"completed\":" + LINES + ",\"failed\":0}")
                .contains("\"error_file_id\":null");
        assertThat(batches.results(field(batch, "output_file_id"))).hasSize(LINES);
        assertThat(lines(LINES)).hasLineCount(LINES);
        // Those that ran when it was killed were called again; those that had a result were not.
        assertThat(engine.received()).hasSizeBetween(LINES, LINES + 16);
        Awaitility.await().until(() -> {
            take(gateway);
            return recorded.size() >= LINES - ANSWERED_BEFORE;
        });
    }

    private static Set<String> expected(String batchId) {
        return IntStream.rangeClosed(1, LINES)
                .mapToObj(number -> LineNames.request(batchId, BatchLine.fresh(number, 0, 1)))
                .collect(Collectors.toSet());
    }

    private void take(GatewayCluster gateway) {
        gateway.quota.records().forEach(usage -> take(usage.getRequestId(), usage.getOutcome()));
    }

    private void record(String said) {
        String[] words = said.split(" ");
        if (words.length == 4 && words[0].equals("record")) {
            take(words[1], Outcome.valueOf(words[2]));
        }
    }

    /** As the ledger does: a call that was answered to the end takes the place of one that was not. */
    private void take(String requestId, Outcome outcome) {
        recorded.merge(requestId, outcome, (one, other) -> one == Outcome.OUTCOME_COMPLETED ? one : other);
    }
}
