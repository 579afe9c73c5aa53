package ai.exaone.standalone;

import ai.exaone.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void keepsToTheRules() {
        ArchitectureRules.ofModule("standalone")
                .seeing("identity", "quota", "serving", "agents", "gateway")
                .edgeIn("bootstrap")
                .printingToPeople()
                .check();
    }
}
