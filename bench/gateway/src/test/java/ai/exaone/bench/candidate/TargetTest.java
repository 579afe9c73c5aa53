package ai.exaone.bench.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetTest {
    @TempDir
    Path work;

    @Test
    void configurationsHaveNothingLeftToFill() throws IOException {
        Ground ground = new Ground(work, work, 7001, "upstream-key", List.of("scripted"), 7001, 2);
        for (String template : List.of("nginx.conf", "envoy.yaml")) {
            String text = Files.readString(ground.configuration("peer", template, 7002));

            assertThat(text).contains("7001", "7002", "upstream-key").doesNotContainPattern("@[A-Z_]+@");
        }
    }

    @Test
    void anotherGatewayIsNamedWithItsAddressKeyAndProcess() {
        RunningTarget target = RunningTarget.parse("mine=http://127.0.0.1:9/v1,secret,42", List.of("scripted"))
                .orElseThrow();

        assertThat(target.name()).isEqualTo("mine");
        assertThat(target.key()).isEqualTo("secret");
        assertThat(target.pid()).isEqualTo(42);
        assertThat(RunningTarget.parse("mine=http://127.0.0.1:9/v1,,", List.of())
                        .orElseThrow()
                        .pid())
                .isZero();
        for (String wrong : List.of("mine", "mine=http://127.0.0.1:9/v1", "mine=http://127.0.0.1:9/v1,key,none")) {
            assertThat(RunningTarget.parse(wrong, List.of())).isEmpty();
        }
    }
}
