package ai.exaone.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
    private static final long SELF = ProcessHandle.current().pid();

    @Test
    void readsAProcessWhateverItIsCalled() {
        StatLine line = StatLine.parse("42 (a) b (c) S 7 42 42 0 -1 4194560 1 2 3 4 150 50 20 5 20 0 9 0 1 2 3");

        assertThat(line).isEqualTo(new StatLine("a) b (c", 7, 2, 0.25));
    }

    @Test
    void readsMemoryAndTheMachinesWork() {
        assertThat(ProcessTable.residentBytes("Name:\tx\nVmHWM:\t 9 kB\nVmRSS:\t    2048 kB\n"))
                .isEqualTo(2048 * 1024);
        assertThat(ProcessTable.residentBytes("Name:\tkernel thread\n")).isZero();
        assertThat(ProcessTable.machineSeconds("cpu  100 20 30 4000 500 6 7 8 900 0"))
                .isEqualTo(1.71);
    }

    @Test
    void aTreeHasItsDescendants() throws Exception {
        Process child = new ProcessBuilder("sh", "-c", "sleep 60 & wait").start();
        try {
            await().until(() -> child.descendants().count() == 1);
            long grandchild = child.descendants().findFirst().orElseThrow().pid();

            assertThat(ProcessTable.read().trees(List.of(SELF))).contains(SELF, child.pid(), grandchild);
            assertThat(ProcessTable.read().trees(List.of(child.pid()))).containsExactly(child.pid(), grandchild);
            assertThat(ProcessTable.residentBytes(List.of(SELF))).isPositive();
        } finally {
            child.descendants().forEach(ProcessHandle::destroy);
            child.destroy();
        }
    }

    @Test
    void theMeterTellsWhatAGroupCostAndKnowsNoOther() {
        ResourceMeter meter = new ResourceMeter(Map.of("self", List.of(SELF), "none", List.of()), List.of());
        meter.tick();
        ResourceUse use = meter.end();

        assertThat(use.cpuSeconds()).containsKeys("self", "none");
        assertThat(use.residentBytes().get("self")).hasSize(3);
        assertThat(use.peakBytes("self")).isPositive();
        assertThat(use.peakBytes("none")).isZero();
        assertThat(use.peakBytes("other")).isZero();
        assertThat(use.otherCores()).isNotNegative();
    }
}
