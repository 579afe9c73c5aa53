package ai.exaone.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.store.DatabaseConfig;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureRulesTest {
    private static final ArchitectureRules RULES = ArchitectureRules.ofModule("testing");

    record Tidy(String name) {}

    record SessionData(String name) {}

    static class QuietStore {
        void read() throws SQLException {
            throw new SQLException("unread");
        }
    }

    static class Talkative {
        void say() {
            System.out.println("said");
        }
    }

    static class OldLogger {
        private final java.util.logging.Logger log = java.util.logging.Logger.getAnonymousLogger();

        void log() {
            log.info("logged");
        }
    }

    interface TenantStore {}

    record TenantEndpoint(TenantStore tenants) {}

    record Stranger(DatabaseConfig allowed, ai.exaone.elsewhere.Neighbour neighbour) {}

    @Test
    void aTidyClassPasses() {
        assertThatCode(() -> check(Tidy.class)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                SessionData.class,
                QuietStore.class,
                Talkative.class,
                OldLogger.class,
                TenantEndpoint.class,
                Stranger.class
            })
    void whatBreaksARuleIsNamed(Class<?> offender) {
        assertThatThrownBy(() -> check(offender))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(offender.getSimpleName());
    }

    @Test
    void aProgramMayPrint() {
        var classes = new ClassFileImporter().importClasses(Talkative.class);

        assertThatCode(() -> RULES.printingToPeople().check(classes)).doesNotThrowAnyException();
    }

    @Test
    void storesMayHoldSql() {
        assertThatCode(() -> check(MySqlTidyStore.class)).doesNotThrowAnyException();
    }

    private static void check(Class<?> type) {
        RULES.check(new ClassFileImporter().importClasses(type));
    }
}
