package ai.exaone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.testing.Engine;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@EveryEngine
class MigrationsTest {
    @AutoClose
    private final TestDatabase database;

    MigrationsTest(Engine engine) {
        database = TestDatabase.create(engine, "migrations");
    }

    @Test
    void runEachFileOnce() {
        Migrations.migrate(database.database(), "followed");
        Migrations.migrate(database.database(), "followed");

        assertThat(tables()).containsExactlyInAnyOrder("change_counter", "change_log", "schema_history");
    }

    @Test
    void severalProcessesMayMigrateAtOnce() throws Exception {
        try (var one = Database.open("one", database.config());
                var other = Database.open("other", database.config());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = List.of(
                    threads.submit(() -> Migrations.migrate(one, "followed")),
                    threads.submit(() -> Migrations.migrate(other, "followed")));
            for (var run : runs) {
                run.get();
            }
        }

        assertThat(tables()).contains("change_counter", "change_log");
    }

    @Test
    void aFileThatFailsIsADefect() {
        assertThatThrownBy(() -> Migrations.migrate(database.database(), "broken"))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(PlatformError.INTERNAL));
    }

    @Test
    void aServiceWithoutFilesIsADefect() {
        assertThatThrownBy(() -> Migrations.migrate(database.database(), "nowhere"))
                .isInstanceOf(PlatformException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> Migrations.migrate(database.database(), "../identity"));
    }

    private List<String> tables() {
        return database.transactions()
                .withHandle(handle ->
                        handle.createQuery("SHOW TABLES").mapTo(String.class).list());
    }
}
