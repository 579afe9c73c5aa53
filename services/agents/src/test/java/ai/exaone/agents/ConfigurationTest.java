package ai.exaone.agents;

import ai.exaone.testing.ConfigurationRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every setting of the agents, what holds without it, and what is said of a wrong one. */
class ConfigurationTest {
    @Test
    void theWorker() {
        var config = ConfigurationRecord.of(WorkerSettings.class);
        config.assertDefaults(
                Map.of(), new WorkerSettings("agents-1", 256, Duration.ofSeconds(1), Duration.ofSeconds(5)));
        config.assertReads(
                Map.of(
                        "exaone.agents.worker.name", "seoul-2",
                        "exaone.agents.worker.runs", "16",
                        "exaone.agents.worker.heartbeat", "500ms",
                        "exaone.agents.worker.silence", "4s"),
                new WorkerSettings("seoul-2", 16, Duration.ofMillis(500), Duration.ofSeconds(4)));
        config.assertRefuses(Map.of(), "exaone.agents.worker.name", "x".repeat(65));
        config.assertRefuses(Map.of(), "exaone.agents.worker.runs", "0");
        config.assertRefuses(Map.of(), "exaone.agents.worker.runs", "all");
        config.assertRefuses(Map.of(), "exaone.agents.worker.heartbeat", "0s");
        config.assertRefuses(Map.of(), "exaone.agents.worker.heartbeat", "2s");
        config.assertRefuses(Map.of(), "exaone.agents.worker.silence", "2s");
        config.assertRefuses(Map.of(), "exaone.agents.worker.silence", "soon");
    }

    @Test
    void whatToolsMayReach() {
        var config = ConfigurationRecord.of(OutboundSettings.class);
        config.assertDefaults(Map.of(), new OutboundSettings(List.of(), 1_048_576));
        config.assertReads(
                Map.of(
                        "exaone.agents.outbound.allow", "10.20.0.0/16,192.168.7.1",
                        "exaone.agents.outbound.max-response-bytes", "2048"),
                new OutboundSettings(List.of("10.20.0.0/16", "192.168.7.1"), 2048));
        config.assertRefuses(Map.of(), "exaone.agents.outbound.allow", "10.20.0.0/16,intranet");
        config.assertRefuses(Map.of(), "exaone.agents.outbound.allow", "10.20.0.0/33");
        config.assertRefuses(Map.of(), "exaone.agents.outbound.max-response-bytes", "1023");
        config.assertRefuses(Map.of(), "exaone.agents.outbound.max-response-bytes", "1MB");
    }
}
