package ai.exaone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import ai.exaone.testing.DatabaseServer;
import ai.exaone.testing.Engine;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database that dies and comes back. */
@Tag("server")
class OutageTest {
    @Test
    void isNamedWhileItLastsAndOverWhenTheServerIsBack() {
        try (var server = DatabaseServer.start(Engine.MARIADB);
                var created = TestDatabase.create(server, "outage");
                var database = Database.open("outage", created.config().withAcquireTimeout(Duration.ofSeconds(1)))) {
            var transactions = database.transactions();
            transactions.withHandle(handle -> handle.execute("CREATE TABLE t (id INT PRIMARY KEY)"));

            server.kill();
            assertThat(database.reachable()).isFalse();
            assertThatThrownBy(() -> transactions.useTransaction(handle -> handle.execute("INSERT INTO t VALUES (1)")))
                    .isInstanceOfSatisfying(
                            PlatformException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(StoreError.STORE_UNAVAILABLE));

            server.restart();
            // Each look waits for a second at most, and a server that has just started is slow.
            Awaitility.await().until(database::reachable);
            transactions.useTransaction(handle -> handle.execute("INSERT INTO t VALUES (1)"));
        }
    }

    @Test
    void aConnectionThatDiesInATransactionIsAnOutage() {
        try (var server = DatabaseServer.start(Engine.MARIADB);
                var created = TestDatabase.create(server, "outage")) {
            var transactions = created.transactions();
            transactions.withHandle(handle -> handle.execute("CREATE TABLE t (id INT PRIMARY KEY)"));

            assertThatThrownBy(() -> transactions.useTransaction(handle -> {
                        handle.execute("INSERT INTO t VALUES (1)");
                        server.kill();
                        handle.execute("INSERT INTO t VALUES (2)");
                    }))
                    .isInstanceOfSatisfying(
                            PlatformException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(StoreError.STORE_UNAVAILABLE));

            server.restart();
            int stored = transactions.withHandle(handle -> handle.createQuery("SELECT count(*) FROM t")
                    .mapTo(Integer.class)
                    .one());
            assertThat(stored).isZero();
        }
    }
}
