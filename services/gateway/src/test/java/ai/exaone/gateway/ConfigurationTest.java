package ai.exaone.gateway;

import ai.exaone.gateway.signin.KeycloakConfig;
import ai.exaone.gateway.signin.SealConfig;
import ai.exaone.testing.ConfigurationRecord;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every setting of the gateway, what holds without it, and what is said of a wrong one. */
class ConfigurationTest {
    @Test
    void theGatewayItself() {
        var config = ConfigurationRecord.of(GatewayConfig.class);
        config.assertDefaults(Map.of(), new GatewayConfig("gateway-1", 33_554_432, Duration.ofDays(30)));
        config.assertReads(
                Map.of(
                        "exaone.gateway.id", "seoul-2",
                        "exaone.gateway.longest-body-bytes", "1024",
                        "exaone.gateway.response-retention", "7d"),
                new GatewayConfig("seoul-2", 1024, Duration.ofDays(7)));
        config.assertRefuses(Map.of(), "exaone.gateway.id", "x".repeat(65));
        config.assertRefuses(Map.of(), "exaone.gateway.longest-body-bytes", "many");
        config.assertRefuses(Map.of(), "exaone.gateway.longest-body-bytes", "0");
        config.assertRefuses(Map.of(), "exaone.gateway.response-retention", "0s");
        config.assertRefuses(Map.of(), "exaone.gateway.response-retention", "a month");
    }

    @Test
    void whatItKeepsOfIdempotencyKeys() {
        var config = ConfigurationRecord.of(IdempotencySettings.class);
        config.assertDefaults(
                Map.of(),
                new IdempotencySettings(
                        Duration.ofHours(24), Duration.ofSeconds(55), Duration.ofSeconds(20), 8 << 20, 1L << 30));
        Map<String, String> settings = Map.of(
                "exaone.gateway.idempotency.retention", "48h",
                "exaone.gateway.idempotency.longest-wait", "2s",
                "exaone.gateway.idempotency.lease", "3s",
                "exaone.gateway.idempotency.largest-result-bytes", "4",
                "exaone.gateway.idempotency.most-project-bytes", "5");
        config.assertReads(
                settings,
                new IdempotencySettings(Duration.ofHours(48), Duration.ofSeconds(2), Duration.ofSeconds(3), 4, 5));
        settings.keySet().forEach(key -> {
            config.assertRefuses(Map.of(), key, key.endsWith("bytes") ? "0" : "0s");
            config.assertRefuses(Map.of(), key, "much");
        });
    }

    @Test
    void howItStarts() {
        var config = ConfigurationRecord.of(StartSettings.class);
        config.assertDefaults(Map.of(), new StartSettings(Duration.ofSeconds(10), Duration.ofMillis(700)));
        config.assertReads(
                Map.of("exaone.gateway.start.patience", "0s", "exaone.gateway.start.warm-up", "300ms"),
                new StartSettings(Duration.ZERO, Duration.ofMillis(300)));
        config.assertRefuses(Map.of(), "exaone.gateway.start.patience", "-1s");
        config.assertRefuses(Map.of(), "exaone.gateway.start.warm-up", "-1s");
    }

    @Test
    void howItStops() {
        var config = ConfigurationRecord.of(StopSettings.class);
        config.assertDefaults(Map.of(), new StopSettings(Duration.ZERO, Duration.ofSeconds(30)));
        config.assertReads(
                Map.of("exaone.gateway.stop.delay", "5s", "exaone.gateway.stop.patience", "1m"),
                new StopSettings(Duration.ofSeconds(5), Duration.ofMinutes(1)));
        config.assertRefuses(Map.of(), "exaone.gateway.stop.delay", "-1s");
        config.assertRefuses(Map.of(), "exaone.gateway.stop.patience", "-1s");
    }

    @Test
    void whatIsKeptOfFilesAndHowBatchesAreWorkedOn() {
        var config = ConfigurationRecord.of(BatchSettings.class);
        Duration month = Duration.ofDays(30);
        config.assertDefaults(
                Map.of(),
                new BatchSettings(
                        209_715_200L, 10_737_418_240L, month, 100, 50_000, 16, 64, Duration.ofSeconds(10), month));
        Map<String, String> settings = Map.of(
                "exaone.gateway.batches.longest-file-bytes", "1",
                "exaone.gateway.batches.project-file-bytes", "2",
                "exaone.gateway.batches.file-retention", "3d",
                "exaone.gateway.batches.open-batches", "4",
                "exaone.gateway.batches.longest-batch", "5",
                "exaone.gateway.batches.lines-at-once", "6",
                "exaone.gateway.batches.gateway-lines", "7",
                "exaone.gateway.batches.lease", "8s",
                "exaone.gateway.batches.retention", "9d");
        config.assertReads(
                settings,
                new BatchSettings(1, 2, Duration.ofDays(3), 4, 5, 6, 7, Duration.ofSeconds(8), Duration.ofDays(9)));
        settings.keySet().forEach(key -> config.assertRefuses(Map.of(), key, "0"));
    }

    @Test
    void whereItKeepsUsage() {
        var config = ConfigurationRecord.of(StorageConfig.class);
        Map<String, String> required = Map.of("exaone.spool-dir", "/data/spool");
        config.assertDefaults(required, new StorageConfig(Path.of("/data/spool"), "grouped"));
        config.assertReads(
                Map.of("exaone.spool-dir", "/data/spool", "exaone.spool-sync", "always"),
                new StorageConfig(Path.of("/data/spool"), "always"));
        config.assertRequires(required, "exaone.spool-dir");
        config.assertRefuses(required, "exaone.spool-sync", "never");
    }

    @Test
    void howCallsWaitForBusyModels() {
        var config = ConfigurationRecord.of(QueueSettings.class);
        config.assertDefaults(Map.of(), new QueueSettings(Duration.ofMinutes(2), 32));
        config.assertReads(
                Map.of("exaone.gateway.queue.longest-wait", "5s", "exaone.gateway.queue.waiting-per-place", "0"),
                new QueueSettings(Duration.ofSeconds(5), 0));
        config.assertRefuses(Map.of(), "exaone.gateway.queue.longest-wait", "0s");
        config.assertRefuses(Map.of(), "exaone.gateway.queue.waiting-per-place", "-1");
    }

    @Test
    void howLongEnginesAreWaitedFor() {
        var config = ConfigurationRecord.of(RelaySettings.class);
        config.assertDefaults(
                Map.of(),
                new RelaySettings(
                        Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofHours(1)));
        Map<String, String> settings = Map.of(
                "exaone.gateway.relay.connect-timeout", "500ms",
                "exaone.gateway.relay.first-byte-timeout", "3s",
                "exaone.gateway.relay.idle-timeout", "4s",
                "exaone.gateway.relay.total-timeout", "5s");
        config.assertReads(
                settings,
                new RelaySettings(
                        Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(5)));
        settings.keySet().forEach(key -> {
            config.assertRefuses(Map.of(), key, "0s");
            config.assertRefuses(Map.of(), key, "long");
        });
    }

    @Test
    void theInstallation() {
        var config = ConfigurationRecord.of(InstallationConfig.class);
        config.assertDefaults(Map.of(), new InstallationConfig(URI.create("http://127.0.0.1:8080"), null));
        config.assertReads(
                Map.of("exaone.public-url", "https://ai.partner.example", "exaone.console-dir", "/srv/console"),
                new InstallationConfig(URI.create("https://ai.partner.example"), Path.of("/srv/console")));
        config.assertRefuses(Map.of(), "exaone.public-url", "ai.partner.example");
        config.assertRefuses(Map.of(), "exaone.public-url", "https://ai.partner.example/");
        config.assertRefuses(Map.of(), "exaone.public-url", "https://two words");
    }

    @Test
    void signIn() {
        var keycloak = ConfigurationRecord.of(KeycloakConfig.class);
        Map<String, String> url = Map.of("exaone.keycloak.internal-url", "http://127.0.0.1:9/auth");
        keycloak.assertReads(url, new KeycloakConfig(URI.create("http://127.0.0.1:9/auth")));
        keycloak.assertRequires(url, "exaone.keycloak.internal-url");
        keycloak.assertRefuses(Map.of(), "exaone.keycloak.internal-url", "http://127.0.0.1:9/auth/");

        var seal = ConfigurationRecord.of(SealConfig.class);
        Map<String, String> folder = Map.of("exaone.secrets-dir", "/secrets");
        seal.assertReads(folder, new SealConfig(Path.of("/secrets")));
        seal.assertRequires(folder, "exaone.secrets-dir");
    }
}
