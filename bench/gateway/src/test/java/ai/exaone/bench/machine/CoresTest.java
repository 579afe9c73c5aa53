package ai.exaone.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoresTest {
    @Test
    void readsRangesAndSingleOnes() {
        assertThat(new Cores("0-3,7").numbers()).containsExactly(0, 1, 2, 3, 7);
        assertThat(new Cores("5").numbers()).containsExactly(5);
    }

    @Test
    void aProcessIsKeptToOneAndGetsThemAllBack() throws Exception {
        Cores all = Cores.ofThisProcess();
        Process child = new ProcessBuilder("sleep", "60").start();
        try {
            all.giveOne(List.of(child.pid()), all.numbers().getLast());
            assertThat(allowed(child)).isEqualTo(Integer.toString(all.numbers().getLast()));
            all.giveTo(List.of(child.pid()));
            assertThat(allowed(child)).isEqualTo(all.list());
        } finally {
            child.destroy();
        }
    }

    private static String allowed(Process process) throws Exception {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.replaceAll(".*\\s", ""))
                .findFirst()
                .orElseThrow();
    }
}
