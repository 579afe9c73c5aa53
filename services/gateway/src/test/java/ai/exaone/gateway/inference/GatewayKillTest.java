package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.UsageRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next start makes of a gateway that stopped at the worst moment. */
class GatewayKillTest {
    @TempDir
    private Path spool;

    @Test
    void endsACallThatWasHeldButNotYetAdmittedWhenTheProcessStopped() throws Exception {
        String requestId = stopInAdmission();

        try (GatewayCluster next = GatewayCluster.start(spool)) {
            UsageRecord ended = Awaitility.await()
                    .until(() -> next.quota.record(requestId), Optional::isPresent)
                    .orElseThrow();
            assertThat(ended.getOutcome()).isEqualTo(Outcome.OUTCOME_INTERRUPTED);
            assertThat(ended.getReason()).isEqualTo("GATEWAY_STOPPED");
            assertThat(ended.getTenantId()).isEqualTo(TestIds.TENANT);
            assertThat(ended.getModel()).isEqualTo("chat");
            assertThat(List.of(ended.getInputTokens(), ended.getOutputTokens())).containsOnly(0L);
        }
    }

    private String stopInAdmission() throws Exception {
        Process gateway = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoppedInAdmission.class.getName(),
                        spool.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String held = gateway.inputReader()
                    .lines()
                    .filter(line -> line.startsWith("held req_"))
                    .findFirst()
                    .orElseThrow();
            assertThat(gateway.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return held.substring("held ".length());
        } finally {
            gateway.destroyForcibly();
        }
    }
}
