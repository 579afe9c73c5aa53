package ai.exaone.store.creation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import ai.exaone.store.Transactions;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.MutableClock;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

@EveryEngine(migrated = "creating")
class MySqlCreationsTest {
    private static final CreationRequest REQUEST = new CreationRequest("tnt_1", "CreateThingRequest", "mine", "aa");

    private final MutableClock clock = MutableClock.started();
    private final Transactions transactions;
    private final MySqlCreations creations;

    MySqlCreationsTest(TestDatabase database) {
        transactions = database.transactions();
        creations = new MySqlCreations(transactions, clock);
    }

    @Test
    void theSameRequestIsAnsweredWithItsFirstResult() {
        assertThat(claim(REQUEST, "first")).isEmpty();
        assertThat(claim(REQUEST, "second")).contains("first");
        assertThat(claim(REQUEST, "third")).contains("first");
        assertThat(find(REQUEST)).contains("first");
    }

    @Test
    void otherContentUnderTheSameIdIsRefused() {
        claim(REQUEST, "first");
        var other = new CreationRequest("tnt_1", "CreateThingRequest", "mine", "bb");

        assertRefused(() -> claim(other, "second"));
        assertRefused(() -> find(other));
        assertThat(claim(REQUEST, "third")).contains("first");
    }

    @Test
    void anIdIsOnesOwnInEachTenantAndRpcAndByItsBytes() {
        claim(REQUEST, "first");

        assertThat(claim(new CreationRequest("tnt_2", "CreateThingRequest", "mine", "bb"), "second"))
                .isEmpty();
        assertThat(claim(new CreationRequest("", "CreateThingRequest", "mine", "bb"), "third"))
                .isEmpty();
        assertThat(claim(new CreationRequest("tnt_1", "CreateOtherRequest", "mine", "bb"), "fourth"))
                .isEmpty();
        assertThat(claim(new CreationRequest("tnt_1", "CreateThingRequest", "Mine", "bb"), "fifth"))
                .isEmpty();
        assertThat(claim(new CreationRequest("tnt_1", "CreateThingRequest", "요청", "bb"), "sixth"))
                .isEmpty();
    }

    @Test
    void requestsWithoutAnIdAreAllNew() {
        assertThat(transactions.<Optional<String>>inTransaction(
                        handle -> creations.claim(handle, Optional.empty(), "first")))
                .isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void aCreationThatIsUndoneLeavesItsIdFree() {
        assertThatThrownBy(() -> transactions.useTransaction(handle -> {
                    creations.claim(handle, Optional.of(REQUEST), "first");
                    throw new IllegalArgumentException("undo");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(claim(REQUEST, "second")).isEmpty();
    }

    @Test
    void ofConcurrentRequestsOneMakesTheResourceAndAllNameIt() throws Exception {
        int callers = 8;
        var start = new CountDownLatch(1);
        List<Future<Optional<String>>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                String newId = "res-" + caller;
                answers.add(threads.submit(() -> {
                    start.await();
                    return claim(REQUEST, newId);
                }));
            }
            start.countDown();
        }

        String made = find(REQUEST).orElseThrow();
        List<String> repeated = new ArrayList<>();
        for (Future<Optional<String>> answer : answers) {
            answer.get().ifPresent(repeated::add);
        }
        assertThat(repeated).hasSize(callers - 1).containsOnly(made);
    }

    @Test
    void ofConcurrentRequestsAnotherMakesTheResourceWhereTheFirstIsUndone() throws Exception {
        int callers = 6;
        var claimed = new CountDownLatch(1);
        var waiting = new CountDownLatch(callers);
        List<Future<Optional<String>>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> undone = threads.submit(() -> assertThatThrownBy(() -> transactions.useTransaction(handle -> {
                        creations.claim(handle, Optional.of(REQUEST), "undone");
                        claimed.countDown();
                        await(waiting);
                        throw new IllegalArgumentException("undo");
                    }))
                    .isInstanceOf(IllegalArgumentException.class));
            await(claimed);
            for (int caller = 0; caller < callers; caller++) {
                String newId = "res-" + caller;
                answers.add(threads.submit(() -> {
                    waiting.countDown();
                    return claim(REQUEST, newId);
                }));
            }
            undone.get();
        }

        String made = find(REQUEST).orElseThrow();
        List<String> repeated = new ArrayList<>();
        for (Future<Optional<String>> answer : answers) {
            answer.get().ifPresent(repeated::add);
        }
        assertThat(made).startsWith("res-");
        assertThat(repeated).hasSize(callers - 1).containsOnly(made);
    }

    @Test
    void idsAreForgottenAfterTwoDays() {
        claim(REQUEST, "first");
        clock.advance(Duration.ofHours(1));
        var later = new CreationRequest("tnt_1", "CreateThingRequest", "later", "aa");
        claim(later, "second");

        clock.advance(Duration.ofHours(47));
        creations.prune();
        assertThat(claim(REQUEST, "third")).contains("first");

        clock.advance(Duration.ofMillis(1));
        creations.prune();
        assertThat(find(REQUEST)).isEmpty();
        assertThat(find(later)).contains("second");
        assertThat(claim(REQUEST, "fourth")).isEmpty();
    }

    @Test
    void prunesMoreThanABatchWhileOthersClaim() throws Exception {
        transactions.useTransaction(handle -> {
            for (int number = 0; number < 1_203; number++) {
                var old = new CreationRequest("tnt_1", "CreateThingRequest", "old-" + number, "aa");
                creations.claim(handle, Optional.of(old), "res-" + number);
            }
        });
        clock.advance(MySqlCreations.REMEMBERED.plusSeconds(1));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            work.add(threads.submit(() -> creations.prune()));
            work.add(threads.submit(() -> creations.prune()));
            for (int caller = 0; caller < 20; caller++) {
                var fresh = new CreationRequest("tnt_1", "CreateThingRequest", "new-" + caller, "aa");
                work.add(threads.submit(() -> assertThat(claim(fresh, "res")).isEmpty()));
            }
            for (Future<?> each : work) {
                each.get();
            }
        }

        assertThat(rows()).isEqualTo(20);
    }

    private Optional<String> claim(CreationRequest request, String newId) {
        return transactions.inTransaction(handle -> creations.claim(handle, Optional.of(request), newId));
    }

    private Optional<String> find(CreationRequest request) {
        return transactions.withHandle(handle -> creations.find(handle, request));
    }

    private int rows() {
        return transactions.withHandle(handle -> handle.createQuery("SELECT count(*) FROM creation")
                .mapTo(Integer.class)
                .one());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(PlatformException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(CreationError.REQUEST_ID_REUSED);
            assertThat(failure.reason().retryable()).isFalse();
        });
    }
}
