package ai.exaone.gateway;

import ai.exaone.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    /** The gateway is an edge: all of it meets a protocol, save the shapes of OpenAI's bodies, which are bytes. */
    @Test
    void theGatewayKeepsToTheRules() {
        ArchitectureRules.ofModule("gateway")
                .edgeIn(
                        "admission",
                        "auth",
                        "edge",
                        "health",
                        "inference",
                        "management",
                        "metering",
                        "pages",
                        "relay",
                        "routing",
                        "signin",
                        "warmup")
                .check();
    }
}
