package ai.exaone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseConfigTest {
    private static final String URL = "jdbc:mysql://127.0.0.1:3306/exaone_identity";

    @Test
    void hasDefaults() {
        var config = DatabaseConfig.of(URL, "identity", "secret");

        assertThat(config.maxConnections()).isEqualTo(10);
        assertThat(config.acquireTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.socketTimeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void keepsItsPasswordToItself() {
        assertThat(DatabaseConfig.of(URL, "identity", "hunter2").toString())
                .contains("identity")
                .doesNotContain("hunter2");
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatIllegalArgumentException().isThrownBy(() -> DatabaseConfig.of("jdbc:postgresql://x/y", "u", "p"));
        assertThatIllegalArgumentException().isThrownBy(() -> DatabaseConfig.of(URL + "?password=p", "u", "p"));
        assertThatIllegalArgumentException().isThrownBy(() -> DatabaseConfig.of(URL, " ", "p"));
        var config = DatabaseConfig.of(URL, "u", "p");
        assertThatIllegalArgumentException().isThrownBy(() -> config.withMaxConnections(0));
        assertThatIllegalArgumentException().isThrownBy(() -> config.withMaxConnections(201));
        assertThatIllegalArgumentException().isThrownBy(() -> config.withAcquireTimeout(Duration.ofMillis(249)));
    }

    @Test
    void aDatabaseThatIsNotThereIsUnavailable() {
        // Nothing listens on port 1.
        var config =
                DatabaseConfig.of("jdbc:mysql://127.0.0.1:1/none", "u", "p").withAcquireTimeout(Duration.ofMillis(250));
        try (var database = Database.open("none", config)) {
            assertThat(database.reachable()).isFalse();
            assertThatThrownBy(() -> database.transactions().withHandle(handle -> handle.execute("SELECT 1")))
                    .isInstanceOfSatisfying(
                            PlatformException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(StoreError.STORE_UNAVAILABLE));
            assertThatThrownBy(() -> Migrations.migrate(database, "none")).isInstanceOf(PlatformException.class);
        }
    }
}
