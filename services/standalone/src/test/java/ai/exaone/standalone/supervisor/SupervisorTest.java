package ai.exaone.standalone.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.exaone.servers.InstallationException;
import ai.exaone.standalone.process.PartRecord;
import ai.exaone.standalone.process.PartState;
import ai.exaone.standalone.process.ProcessIdentity;
import ai.exaone.standalone.process.ProcessIdentity.Signal;
import ai.exaone.standalone.process.RunFolder;
import ai.exaone.standalone.supervisor.Supervisor.Milestones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("server")
class SupervisorTest {
    @TempDir
    Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private StandIn standIn;
    private RunFolder run;
    private final List<Supervisor> supervisors = new ArrayList<>();

    @BeforeEach
    void makeFolders() throws IOException {
        standIn = new StandIn(folder);
        run = new RunFolder(Files.createDirectories(folder.resolve("run")));
        Files.createDirectories(folder.resolve("logs"));
    }

    @AfterEach
    void endAll() throws InterruptedException {
        supervisors.forEach(Supervisor::stop);
        new Leftovers(run, said::add).end();
    }

    @Test
    void startsInOrderAndEndsInTheOppositeOne() throws Exception {
        var supervisor = supervise(standIn.steady("platform"));

        supervisor.start();
        supervisor.stop();

        assertThat(Files.readAllLines(standIn.diary()))
                .containsExactly(
                        "database started",
                        "platform started",
                        "keycloak started",
                        "platform ended",
                        "keycloak ended",
                        "database ended");
        assertThat(run.parts()).isEmpty();
    }

    @Test
    void isReadyWithoutASignInServerWhereNoneIsWanted() throws Exception {
        var supervisor = supervise(standIn.steady("platform"), Optional.empty());

        supervisor.start();

        assertThat(run.read("supervisor")).map(PartRecord::state).contains(PartState.READY);
        assertThat(run.parts()).extracting(PartRecord::name).containsOnly("supervisor", "database", "platform");
    }

    @Test
    void writesOneBareIdForEachPart() throws Exception {
        var supervisor = supervise(standIn.steady("platform"));

        supervisor.start();

        for (var name : List.of("supervisor", "database", "platform", "keycloak")) {
            var id = Files.readString(folder.resolve("run/" + name + ".pid"));
            assertThat(ProcessIdentity.of(Long.parseLong(id))).as(name).isPresent();
        }
        assertThat(run.read("supervisor")).map(PartRecord::state).contains(PartState.READY);
    }

    @Test
    void startsAKilledPartAgainAndSaysWhyItEnded() throws Exception {
        var supervisor = supervise(standIn.steady("platform"));
        supervisor.start();
        var before = run.read("platform").flatMap(PartRecord::process).orElseThrow();

        before.signal(Signal.KILL);

        var after = await("the platform's second life")
                .until(
                        () -> run.read("platform").orElseThrow(),
                        part -> part.restarts() == 1 && part.state() == PartState.READY);
        assertThat(after.process()).isPresent().get().isNotEqualTo(before);
        assertThat(after.reason()).isEqualTo("was killed (signal 9); starts again 0.5 s later");
        await().until(() -> said.contains("platform is ready again"));
    }

    @Test
    void givesUpAPartThatNeverComesUpAndSaysWhereItsLogIs() {
        var supervisor = supervise(standIn.hopeless("platform"));

        assertThatThrownBy(supervisor::start)
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("platform does not come up: it ended with status 7")
                .hasMessageContaining("\nexaone.quota.memory must be longer\n")
                .hasMessageContaining("logs/platform.log");

        assertThat(said)
                .containsSubsequence(
                        "platform ended with status 7; starts again 0.5 s later",
                        "platform ended with status 7; starts again 1.0 s later",
                        "platform ended with status 7; starts again 2.0 s later");
    }

    @Test
    void killsAPartThatDoesNotEnd() throws Exception {
        var supervisor = supervise(standIn.stubborn("platform", Duration.ofMillis(200)));
        supervisor.start();
        var stubborn = run.read("platform").flatMap(PartRecord::process).orElseThrow();

        supervisor.stop();

        assertThat(stubborn.isAlive()).isFalse();
    }

    @Test
    void leavesNothingBehindWhenItIsStoppedWhileItStarts() throws Exception {
        var supervisor = supervise(standIn.steady("platform"));
        var starting = Thread.ofVirtual().start(() -> {
            try {
                supervisor.start();
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
            }
        });
        var database = await().until(() -> run.read("database").flatMap(PartRecord::process), Optional::isPresent);

        supervisor.stop();
        starting.join();

        assertThat(database).isPresent().get().matches(process -> !process.isAlive());
        assertThat(run.parts()).isEmpty();
    }

    @Test
    void theNextStartEndsWhatAKilledSupervisorLeft() throws Exception {
        var killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandInSupervisor.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.log").toFile())
                .start();
        await().until(() -> run.read("supervisor")
                .filter(own -> own.state() == PartState.READY)
                .isPresent());
        var left = run.parts().stream().flatMap(part -> part.process().stream()).toList();

        killed.destroyForcibly().waitFor();

        assertThat(run.claim()).as("the lock of a dead supervisor").isPresent();
        assertThat(left.stream().filter(ProcessIdentity::isAlive))
                .as("children that go on")
                .hasSize(3);

        var leftovers = new Leftovers(run, said::add);
        assertThat(leftovers.exist()).isTrue();
        leftovers.end();

        assertThat(left).noneMatch(ProcessIdentity::isAlive);
        assertThat(Files.readAllLines(standIn.diary())).endsWith("platform ended", "keycloak ended", "database ended");
    }

    private Supervisor supervise(Part service) {
        return supervise(service, Optional.of(standIn.steady("keycloak")));
    }

    private Supervisor supervise(Part service, Optional<Part> signIn) {
        var supervisor = new Supervisor(
                new Parts(standIn.steady("database"), List.of(service), signIn),
                run,
                folder.resolve("logs"),
                new Milestones(
                        () -> run.read("platform")
                                .filter(part -> part.state() == PartState.READY)
                                .isPresent(),
                        () -> {},
                        () -> {}),
                said::add,
                InstantSource.system());
        supervisors.add(supervisor);
        return supervisor;
    }
}
