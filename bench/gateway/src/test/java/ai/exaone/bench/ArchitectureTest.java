package ai.exaone.bench;

import ai.exaone.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void keepsToTheRules() {
        ArchitectureRules.ofModule("bench").printingToPeople().check();
    }
}
