package ai.exaone.serving;

import ai.exaone.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    @Test
    void theModuleKeepsToTheLayout() {
        ArchitectureRules.ofModule("serving").check();
    }
}
