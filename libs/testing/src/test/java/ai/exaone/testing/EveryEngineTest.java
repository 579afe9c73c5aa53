package ai.exaone.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@EveryEngine
class EveryEngineTest {
    private final Engine engine;
    private final TestDatabase database;

    EveryEngineTest(Engine engine, TestDatabase database) {
        this.engine = engine;
        this.database = database;
    }

    @Test
    void theDatabaseIsOnTheServerThatIsNamed() {
        String version = database.transactions()
                .withHandle(handle -> handle.createQuery("SELECT VERSION()")
                        .mapTo(String.class)
                        .one());
        assertThat(version.contains("MariaDB")).as(version).isEqualTo(engine == Engine.MARIADB);
    }
}
