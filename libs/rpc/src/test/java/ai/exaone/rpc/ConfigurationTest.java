package ai.exaone.rpc;

import ai.exaone.testing.ConfigurationRecord;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every setting of how services reach one another, what holds without it, and what is said of a wrong one. */
class ConfigurationTest {
    @Test
    void everyService() {
        var config = ConfigurationRecord.of(RpcConfig.class);
        config.assertDefaults(Map.of(), new RpcConfig("in-process", "exaone", 0, "127.0.0.1", null, Map.of()));
        config.assertReads(
                Map.of(
                        "exaone.rpc.transport", "mtls",
                        "exaone.rpc.in-process-prefix", "other",
                        "exaone.rpc.port", "7001",
                        "exaone.rpc.bind", "10.0.0.5",
                        "exaone.rpc.certificates-dir", "/certificates",
                        "exaone.rpc.peers", Map.of("quota", "10.0.0.6:7002")),
                new RpcConfig("mtls", "other", 7001, "10.0.0.5", "/certificates", Map.of("quota", "10.0.0.6:7002")));
        config.assertRefuses(Map.of(), "exaone.rpc.transport", "tls");
        config.assertRefuses(Map.of(), "exaone.rpc.port", "65536");
        config.assertRefuses(Map.of("exaone.service", "quota"), "exaone.rpc.port", "any");
    }
}
