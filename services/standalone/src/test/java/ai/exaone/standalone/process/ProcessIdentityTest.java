package ai.exaone.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.exaone.standalone.process.ProcessIdentity.Signal;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
    @Test
    void knowsItsProcessAndEndsIt() throws IOException, InterruptedException {
        var process = new ProcessBuilder("sleep", "100").start();
        var identity = ProcessIdentity.of(process.pid()).orElseThrow();

        assertThat(identity.isAlive()).isTrue();
        assertThat(identity.residentBytes()).isPositive();
        assertThat(identity.hasArgumentStarting("10")).isTrue();

        identity.signal(Signal.END);

        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(identity.isAlive()).isFalse();
    }

    @Test
    void isNotMistakenForALaterProcessOfTheSameId() throws IOException, InterruptedException {
        var process = new ProcessBuilder("sleep", "100").start();
        var identity = ProcessIdentity.of(process.pid()).orElseThrow();
        var earlier = new ProcessIdentity(identity.pid(), identity.startTicks() - 1, identity.bootId());
        var beforeTheLastBoot = new ProcessIdentity(identity.pid(), identity.startTicks(), "another boot");

        earlier.signal(Signal.KILL);
        beforeTheLastBoot.signal(Signal.KILL);

        assertThat(earlier.isAlive()).isFalse();
        assertThat(beforeTheLastBoot.isAlive()).isFalse();
        assertThat(identity.isAlive()).isTrue();
        process.destroyForcibly().waitFor();
    }

    @Test
    void aProcessWhoseParentHasNotAskedForItsEndIsDead() throws IOException, InterruptedException {
        // The shell replaces itself by a program that never collects its child.
        var parent = new ProcessBuilder("bash", "-c", "sleep 0 & echo $!; exec sleep 100").start();
        long child = Long.parseLong(parent.inputReader().readLine());

        await().until(() -> ProcessIdentity.of(child).isEmpty());

        parent.destroyForcibly().waitFor();
    }
}
