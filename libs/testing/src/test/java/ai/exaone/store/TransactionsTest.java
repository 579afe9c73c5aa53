package ai.exaone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.time.Instant;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EveryEngine
class TransactionsTest {
    private final Transactions transactions;

    TransactionsTest(TestDatabase database) {
        transactions = database.transactions();
    }

    @BeforeEach
    void tables() {
        transactions.withHandle(handle -> {
            handle.execute("DROP TABLE IF EXISTS item");
            handle.execute("DROP TABLE IF EXISTS box");
            handle.execute(
                    "CREATE TABLE box (id INT PRIMARY KEY, name VARCHAR(20), CONSTRAINT uk_box_name UNIQUE (name))");
            handle.execute("""
                    CREATE TABLE item (
                        id INT PRIMARY KEY, box INT NOT NULL, amount BIGINT NOT NULL, at DATETIME(6),
                        CONSTRAINT fk_item_box FOREIGN KEY (box) REFERENCES box (id),
                        CONSTRAINT ck_item_amount CHECK (amount >= 0))
                    """);
            handle.execute("INSERT INTO box VALUES (1, 'one'), (2, 'two')");
            return handle.execute("INSERT INTO item VALUES (1, 1, 0, NULL), (2, 1, 0, NULL)");
        });
    }

    @Test
    void storesAllOrNothing() {
        assertThatThrownBy(() -> transactions.useTransaction(handle -> {
                    add(handle, 1);
                    throw new PlatformException(PlatformError.CANCELLED, "Gone.");
                }))
                .isInstanceOf(PlatformException.class);
        assertThat(amount(1)).isZero();

        transactions.useTransaction(handle -> add(handle, 1));
        assertThat(amount(1)).isOne();
    }

    @Test
    void namesTheConstraintThatRefused() {
        assertRefused(
                () -> execute("INSERT INTO box VALUES (3, 'one')"), ConstraintException.Kind.UNIQUE, "uk_box_name");
        assertRefused(() -> execute("INSERT INTO box VALUES (1, 'new')"), ConstraintException.Kind.UNIQUE, "PRIMARY");
        assertRefused(() -> execute("UPDATE item SET box = 9"), ConstraintException.Kind.PARENT_MISSING, "fk_item_box");
        assertRefused(
                () -> execute("DELETE FROM box WHERE id = 1"), ConstraintException.Kind.CHILDREN_EXIST, "fk_item_box");
        assertRefused(() -> execute("UPDATE item SET amount = -1"), ConstraintException.Kind.CHECK, "ck_item_amount");
    }

    @Test
    void anythingElseIsADefectWithoutItsText() {
        assertThatThrownBy(() -> execute("SELECT secret FROM nowhere"))
                .isInstanceOfSatisfying(PlatformException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(PlatformError.INTERNAL);
                    assertThat(failure.publicMessage()).doesNotContain("nowhere");
                });
    }

    @Test
    void theVictimOfADeadlockRunsAgain() throws Exception {
        var bothHoldTheirFirst = new CyclicBarrier(2);
        var runs = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> forward = threads.submit(() -> crossing(1, 2, bothHoldTheirFirst, runs));
            Future<?> backward = threads.submit(() -> crossing(2, 1, bothHoldTheirFirst, runs));
            forward.get();
            backward.get();
        }

        assertThat(runs).hasValueGreaterThan(2);
        assertThat(amount(1)).isEqualTo(2);
        assertThat(amount(2)).isEqualTo(2);
    }

    private void crossing(int first, int second, CyclicBarrier bothHoldTheirFirst, AtomicInteger runs) {
        var firstRun = new AtomicInteger();
        transactions.useTransaction(handle -> {
            runs.incrementAndGet();
            add(handle, first);
            if (firstRun.getAndIncrement() == 0) {
                meet(bothHoldTheirFirst);
            }
            add(handle, second);
        });
    }

    @Test
    void aSnapshotSeesOneMoment() {
        transactions.inSnapshot(handle -> {
            int before = handle.createQuery("SELECT amount FROM item WHERE id = 1")
                    .mapTo(Integer.class)
                    .one();
            onAnotherThread(() -> transactions.useTransaction(other -> add(other, 1)));
            int after = handle.createQuery("SELECT amount FROM item WHERE id = 1")
                    .mapTo(Integer.class)
                    .one();

            assertThat(after).isEqualTo(before);
            return after;
        });
        assertThat(amount(1)).isOne();
    }

    @Test
    void aSnapshotWritesNothing() {
        assertThatThrownBy(() -> transactions.inSnapshot(handle -> handle.execute("UPDATE item SET amount = 5")));
        assertThat(amount(1)).isZero();
        transactions.useTransaction(handle -> add(handle, 1));
    }

    @Test
    void workDoesNotNest() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        transactions.useTransaction(handle -> transactions.useTransaction(inner -> add(inner, 1))));
        assertThat(amount(1)).isZero();
    }

    @Test
    void instantsAreUtcAndCutToTheMicrosecond() {
        var instant = Instant.parse("2026-07-01T00:30:00.123456999Z");
        transactions.withHandle(handle -> handle.createUpdate("UPDATE item SET at = :at WHERE id = 1")
                .bind("at", instant)
                .execute());

        String text =
                transactions.withHandle(handle -> handle.createQuery("SELECT CAST(at AS CHAR) FROM item WHERE id = 1")
                        .mapTo(String.class)
                        .one());
        Instant read = transactions.withHandle(handle -> handle.createQuery("SELECT at FROM item WHERE id = 1")
                .mapTo(Instant.class)
                .one());

        assertThat(text).isEqualTo("2026-07-01 00:30:00.123456");
        assertThat(read).isEqualTo(StoredTime.of(instant));
    }

    private static void assertRefused(ThrowingCallable write, ConstraintException.Kind kind, String constraint) {
        assertThatThrownBy(write).isInstanceOfSatisfying(ConstraintException.class, refusal -> {
            assertThat(refusal.kind()).isEqualTo(kind);
            assertThat(refusal.constraint()).isEqualTo(constraint);
        });
    }

    private void execute(String sql) {
        transactions.useTransaction(handle -> handle.execute(sql));
    }

    private static void add(Handle handle, int item) {
        handle.createUpdate("UPDATE item SET amount = amount + 1 WHERE id = :id")
                .bind("id", item)
                .execute();
    }

    private int amount(int item) {
        return transactions.withHandle(handle -> handle.createQuery("SELECT amount FROM item WHERE id = :id")
                .bind("id", item)
                .mapTo(Integer.class)
                .one());
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void onAnotherThread(Runnable work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(work).get();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
