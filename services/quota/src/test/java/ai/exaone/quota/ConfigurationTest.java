package ai.exaone.quota;

import ai.exaone.testing.ConfigurationRecord;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every setting of quota, what holds without it, and what is said of a wrong one. */
class ConfigurationTest {
    private static final ConfigurationRecord<QuotaConfig> CONFIG = ConfigurationRecord.of(QuotaConfig.class);
    private static final ConfigurationRecord<LedgerConfig> LEDGER = ConfigurationRecord.of(LedgerConfig.class);

    @Test
    void whatIsNotSetHasADefault() {
        CONFIG.assertDefaults(
                Map.of(),
                new QuotaConfig(
                        "Asia/Seoul",
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(30),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(8)));
    }

    @Test
    void everythingThatIsSetIsRead() {
        CONFIG.assertReads(
                Map.of(
                        "exaone.quota.time-zone", "Europe/Berlin",
                        "exaone.quota.gateway-silence", "2s",
                        "exaone.quota.gateway-loss", "20s",
                        "exaone.quota.slice-term", "15s",
                        "exaone.quota.longest-request", "1h",
                        "exaone.quota.memory", "5m",
                        "exaone.quota.write-timeout", "500ms"),
                new QuotaConfig(
                        "Europe/Berlin",
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(15),
                        Duration.ofHours(1),
                        Duration.ofMinutes(5),
                        Duration.ofMillis(500)));
    }

    @Test
    void theLedgersSettingsAreReadAndChecked() {
        LEDGER.assertDefaults(
                Map.of(), new LedgerConfig(Duration.ofHours(1), Duration.ofHours(72), Duration.ofDays(400)));
        LEDGER.assertReads(
                Map.of(
                        "exaone.quota.ledger.compare-every", "10m",
                        "exaone.quota.ledger.close-after", "24h",
                        "exaone.quota.ledger.retention", "62d"),
                new LedgerConfig(Duration.ofMinutes(10), Duration.ofHours(24), Duration.ofDays(62)));
        LEDGER.assertRefuses(Map.of(), "exaone.quota.ledger.compare-every", "59s");
        LEDGER.assertRefuses(Map.of(), "exaone.quota.ledger.close-after", "-1s");
        LEDGER.assertRefuses(Map.of(), "exaone.quota.ledger.close-after", "481h");
        LEDGER.assertRefuses(Map.of(), "exaone.quota.ledger.retention", "61d");
        LEDGER.assertRefuses(Map.of(), "exaone.quota.ledger.retention", "3661d");
    }

    @Test
    void whatIsWrongIsNamed() {
        CONFIG.assertRefuses(Map.of(), "exaone.quota.time-zone", "Mars/Olympus");
        CONFIG.assertRefuses(Map.of(), "exaone.quota.gateway-silence", "0s");
        CONFIG.assertRefuses(Map.of(), "exaone.quota.gateway-silence", "never");
        CONFIG.assertRefuses(Map.of(), "exaone.quota.gateway-loss", "1s");
        CONFIG.assertRefuses(Map.of(), "exaone.quota.slice-term", "2s");
        CONFIG.assertRefuses(Map.of(), "exaone.quota.longest-request", "30s");
        CONFIG.assertRefuses(Map.of(), "exaone.quota.memory", "131s");
        CONFIG.assertRefuses(Map.of(), "exaone.quota.write-timeout", "-1s");
    }
}
