package ai.exaone.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.exaone.proto.serving.internal.v1.Route;
import ai.exaone.proto.serving.v1.ListDeploymentsRequest;
import ai.exaone.proto.serving.v1.ObservedState;
import ai.exaone.proto.serving.v1.Replica;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Serving dies as kill -9 makes it die; its engines live on, and its next life finds them. */
@Tag("server")
final class SuddenDeathTest {
    private static final String CHAT = "SmolLM2-135M-Instruct";
    private static final String EMBEDDINGS = "multilingual-e5-small";
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunningServing serving;
    private Map<String, Object> settings;
    private Process former;
    private Set<Long> engines;
    private long revisionBeforeThisLife;

    @BeforeEach
    void aFormerLifeDies() throws Exception {
        serving = new RunningServing();
        settings = Map.of("exaone.serving.python", EnginePython.interpreter().toString());
        former = launch();
        await().until(() -> publishedWithReplicas() == 2);
        engines = enginePids();
        assertThat(engines).hasSize(2);
        former.destroyForcibly().waitFor();
        assertThat(engines).allMatch(SuddenDeathTest::runs);
    }

    @AfterEach
    void end() throws InterruptedException {
        former.destroyForcibly().waitFor();
        serving.close();
        assertThat(engines).as("nothing is left behind").noneMatch(SuddenDeathTest::runs);
    }

    @Test
    void itsEnginesAreAdoptedAndAnswerWithTheirKeys() throws Exception {
        startAndAwaitAdoption();
        Route route = serving.awaitReplicas(CHAT, 1);
        JsonNode answer = EngineClient.postForJson(
                route.getReplicas(0),
                "/v1/chat/completions",
                "{'max_tokens':4,'messages':[{'role':'user','content':'Hi'}]}");
        assertThat(answer.at("/usage/completion_tokens").asInt()).isPositive();
        assertThat(revisionOfRoutes()).as("for gateways nothing happened").isEqualTo(revisionBeforeThisLife);
    }

    @Test
    void anEngineOfWhichNotEvenItsProcessWasWrittenDownIsAdopted() throws Exception {
        forgetProcesses();
        startAndAwaitAdoption();
        serving.awaitReplicas(CHAT, 1);
        serving.awaitReplicas(EMBEDDINGS, 1);
    }

    @Test
    void enginesThatAreNotWantedAnyMoreAreEnded() {
        serving.start(Map.of());
        await().until(() -> engines.stream().noneMatch(SuddenDeathTest::runs));
    }

    @Test
    void enginesOfDeploymentsThatAreGoneAreEnded() {
        serving.database().transactions().withHandle(handle -> handle.execute("DELETE FROM deployment"));
        serving.start(Map.of());
        await().until(() -> engines.stream().noneMatch(SuddenDeathTest::runs));
    }

    @Test
    void anOrderlyEndOfTheNextLifeEndsThem() throws Exception {
        Path log = serving.folder().resolve("life.log");
        // The life that died may have died before it said all of it.
        long ready = told(log, "is READY now");
        long up = told(log, "serving is up");
        former = launch();
        await().until(() -> told(log, "is READY now") >= ready + 2 && told(log, "serving is up") > up);
        former.destroy();
        assertThat(former.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(engines).noneMatch(SuddenDeathTest::runs);
        assertThat(enginePids()).isEmpty();
    }

    @Test
    void anEngineThatDiedInBetweenIsReplaced() throws Exception {
        engines.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        await().until(() -> engines.stream().noneMatch(SuddenDeathTest::runs));
        serving.start(settings);
        await().until(() -> serving.route(CHAT)
                .filter(route -> route.getReplicasCount() == 1)
                .filter(route -> answers(route))
                .isPresent());
        await().untilAsserted(() ->
                assertThat(enginePids()).hasSize(2).doesNotContain(0L).doesNotContainAnyElementsOf(engines));
    }

    /** Routes are there from the first moment; that the engines behind them are watched again is to be waited for. */
    private void startAndAwaitAdoption() {
        Instant begun = Instant.now();
        serving.start(settings);
        await().until(
                        () -> serving
                                .deployments()
                                .listDeployments(ListDeploymentsRequest.getDefaultInstance())
                                .getDeploymentsList()
                                .stream()
                                .flatMap(deployment -> deployment.getReplicaStatesList().stream())
                                .filter(replica -> replica.getState() == ObservedState.OBSERVED_STATE_READY)
                                .filter(replica -> since(replica).isAfter(begun))
                                .map(Replica::getPid)
                                .collect(Collectors.toSet())
                                .equals(engines));
        assertThat(enginePids()).isEqualTo(engines);
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        serving.settings(settings).forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add(ServingApplication.class.getName());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        serving.folder().resolve("life.log").toFile()))
                .start();
    }

    private long publishedWithReplicas() {
        revisionBeforeThisLife = revisionOfRoutes();
        return engineRecords().stream()
                                        .filter(record -> record.path("pid").asLong() > 0)
                                        .count()
                                == 2
                        && revisionBeforeThisLife >= 4
                ? 2
                : 0;
    }

    private long revisionOfRoutes() {
        return serving.database()
                .transactions()
                .withHandle(handle -> handle.createQuery(
                                        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'change_counter'")
                                .mapTo(String.class)
                                .findOne()
                                .isEmpty()
                        ? 0L
                        : handle.createQuery("SELECT revision FROM change_counter WHERE log = 'routes'")
                                .mapTo(Long.class)
                                .findOne()
                                .orElse(0L));
    }

    private Set<Long> enginePids() {
        Set<Long> pids = new TreeSet<>();
        engineRecords().forEach(record -> pids.add(record.path("pid").asLong()));
        return pids;
    }

    private List<JsonNode> engineRecords() {
        List<JsonNode> records = new ArrayList<>();
        Path folder = serving.runDir().resolve("engines");
        if (!Files.isDirectory(folder)) {
            return records;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                records.add(JSON.readTree(file.toFile()));
            }
        } catch (IOException changing) {
            return List.of();
        }
        return records;
    }

    private void forgetProcesses() throws IOException {
        for (JsonNode record : engineRecords()) {
            var changed = record.deepCopy();
            ((ObjectNode) changed).put("pid", 0).putNull("birth");
            Path file = serving.runDir()
                    .resolve("engines")
                    .resolve(record.path("replica").asText() + ".json");
            JSON.writeValue(file.toFile(), changed);
        }
    }

    private static long told(Path log, String what) throws IOException {
        return Files.readString(log).lines().filter(line -> line.contains(what)).count();
    }

    private static Instant since(Replica replica) {
        return Instant.ofEpochSecond(
                replica.getStateTime().getSeconds(), replica.getStateTime().getNanos());
    }

    private static boolean answers(Route route) {
        try {
            return EngineClient.get(route.getReplicas(0), "/health").contains("ok");
        } catch (IOException gone) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether there is such a process, and not only its remains. */
    private static boolean runs(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }
}
