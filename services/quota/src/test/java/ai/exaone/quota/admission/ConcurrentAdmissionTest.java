package ai.exaone.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Sixty-four callers at once: what they get together is never above a limit, and never below it. */
@EveryEngine(migrated = "quota")
class ConcurrentAdmissionTest {
    private static final int CALLERS = 64;
    private static final int EACH = 5;

    private final TestDatabase database;
    private final QuotaTime time = QuotaTime.started();

    @AutoClose
    private final QuotaUnderTest quota;

    ConcurrentAdmissionTest(TestDatabase database) {
        this.database = database;
        quota = QuotaUnderTest.start(database.transactions(), time);
    }

    @Test
    void requestsPerMinute() throws Exception {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 37);
        assertThat(admitAtOnce(1, 1)).hasSize(37);
        assertThat(quota.used(limit)).isEqualTo(37);
    }

    @Test
    void tokensPerMinute() throws Exception {
        Limit limit = quota.limit(LimitKind.TOKENS_PER_MINUTE, 1_005);
        assertThat(admitAtOnce(6, 4)).hasSize(100);
        assertThat(quota.used(limit)).isEqualTo(1_000);
    }

    @Test
    void concurrency() throws Exception {
        Limit limit = quota.limit(LimitKind.CONCURRENT_REQUESTS, 11);
        assertThat(admitAtOnce(1, 1)).hasSize(11);
        assertThat(quota.used(limit)).isEqualTo(11);
    }

    @Test
    void budget() throws Exception {
        quota.price(1_000, 0, 3_000);
        Limit limit = quota.limit(LimitKind.BUDGET_PER_MONTH, 100_500);
        assertThat(admitAtOnce(2, 1)).hasSize(20);
        assertThat(quota.used(limit)).isEqualTo(100_000);
    }

    @Test
    void admittedAndSettledNeverAboveTheBudget() throws Exception {
        quota.price(10, 10, 10);
        Limit limit = quota.limit(LimitKind.BUDGET_PER_MONTH, 2_000);
        List<Long> amounts = atOnce(() -> {
            AdmissionRequest request = quota.request(5, 5);
            boolean admitted = quota.admission.admit(request).decision() instanceof Decision.Admitted;
            return admitted ? quota.settle(request.requestId(), 5, 1) : 0L;
        });
        long spent = amounts.stream().mapToLong(Long::longValue).sum();
        assertThat(spent).isLessThanOrEqualTo(2_000).isGreaterThan(2_000 - 100);
        assertThat(quota.used(limit)).isEqualTo(spent);
        try (QuotaUnderTest restarted = quota.another(database.transactions())) {
            assertThat(restarted.used(limit)).isEqualTo(spent);
        }
    }

    @Test
    void theSameRequestAtOnceIsOneRequest() throws Exception {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 3);
        AdmissionRequest request = quota.request(1, 1);
        List<Decision> decisions = atOnce(() -> quota.admission.admit(request).decision());
        assertThat(decisions).hasSize(CALLERS * EACH).containsOnly(new Decision.Admitted(""));
        assertThat(quota.used(limit)).isEqualTo(1);
    }

    @Test
    void settlingTheSameRequestAtOnceSettlesItOnce() throws Exception {
        quota.price(1, 1, 1);
        Limit limit = quota.limit(LimitKind.BUDGET_PER_DAY, 1_000);
        String request = quota.admit(100, 100);
        assertThat(atOnce(() -> quota.settle(request, 30, 12))).containsOnly(42L);
        assertThat(quota.used(limit)).isEqualTo(42);
    }

    private List<String> admitAtOnce(long input, long output) throws Exception {
        return atOnce(() -> {
                    AdmissionRequest request = quota.request(input, output);
                    boolean admitted = quota.admission.admit(request).decision() instanceof Decision.Admitted;
                    return admitted ? request.requestId() : "";
                })
                .stream()
                .filter(requestId -> !requestId.isEmpty())
                .toList();
    }

    private static <T> List<T> atOnce(Callable<T> work) throws InterruptedException, ExecutionException {
        var start = new CyclicBarrier(CALLERS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var callers = new ArrayList<Future<List<T>>>();
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.add(threads.submit(() -> {
                    start.await();
                    var results = new ArrayList<T>();
                    for (int call = 0; call < EACH; call++) {
                        results.add(work.call());
                    }
                    return results;
                }));
            }
            var all = new ArrayList<T>();
            for (Future<List<T>> caller : callers) {
                all.addAll(caller.get());
            }
            return all;
        }
    }
}
