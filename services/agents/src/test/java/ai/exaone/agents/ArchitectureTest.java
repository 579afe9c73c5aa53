package ai.exaone.agents;

import ai.exaone.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void theModuleKeepsToTheRules() {
        ArchitectureRules.ofModule("agents").edgeIn("model", "tool.outbound").check();
    }
}
