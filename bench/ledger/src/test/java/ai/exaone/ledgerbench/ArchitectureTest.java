package ai.exaone.ledgerbench;

import ai.exaone.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void keepsToTheRules() {
        ArchitectureRules.ofModule("ledgerbench")
                .seeing("quota")
                .printingToPeople()
                .check();
    }
}
