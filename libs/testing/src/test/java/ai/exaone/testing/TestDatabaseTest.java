package ai.exaone.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

@EveryEngine
class TestDatabaseTest {
    private final Engine engine;

    TestDatabaseTest(Engine engine) {
        this.engine = engine;
    }

    @Test
    void isTheServerItSaysItIs() {
        try (var database = TestDatabase.create(engine, "some")) {
            String version = database.transactions()
                    .withHandle(handle -> handle.createQuery("SELECT version()")
                            .mapTo(String.class)
                            .one());

            assertThat(version.contains("MariaDB")).isEqualTo(engine == Engine.MARIADB);
        }
    }

    @Test
    void databasesAreApart() {
        try (var one = TestDatabase.create(engine, "some");
                var other = TestDatabase.create(engine, "some")) {
            one.transactions().withHandle(handle -> handle.execute("CREATE TABLE t (id INT PRIMARY KEY)"));

            assertThat(tables(other)).isEmpty();
            String foreign = one.config().user() + ".t";
            assertThatThrownBy(
                            () -> other.transactions().withHandle(handle -> handle.execute("SELECT * FROM " + foreign)))
                    .hasStackTraceContaining("denied");
        }
    }

    @Test
    void clearEmptiesTablesThatReferToEachOther() {
        try (var database = TestDatabase.create(engine, "some")) {
            database.transactions().withHandle(handle -> {
                handle.execute("CREATE TABLE a_child_of_b (id INT PRIMARY KEY, b INT NOT NULL)");
                handle.execute("CREATE TABLE b (id INT PRIMARY KEY)");
                handle.execute("ALTER TABLE a_child_of_b ADD CONSTRAINT fk_b FOREIGN KEY (b) REFERENCES b (id)");
                handle.execute("INSERT INTO b VALUES (1)");
                return handle.execute("INSERT INTO a_child_of_b VALUES (1, 1)");
            });

            database.clear();

            assertThat(tables(database)).containsExactlyInAnyOrder("a_child_of_b", "b");
            assertThat(count(database, "a_child_of_b") + count(database, "b")).isZero();
        }
    }

    private static List<String> tables(TestDatabase database) {
        return database.transactions()
                .withHandle(handle ->
                        handle.createQuery("SHOW TABLES").mapTo(String.class).list());
    }

    private static int count(TestDatabase database, String table) {
        return database.transactions()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                        .mapTo(Integer.class)
                        .one());
    }
}
