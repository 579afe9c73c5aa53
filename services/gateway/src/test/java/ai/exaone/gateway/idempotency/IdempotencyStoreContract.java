package ai.exaone.gateway.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of keys does. */
abstract class IdempotencyStoreContract {
    static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final Instant LEASE = NOW.plusSeconds(20);
    private static final Instant EXPIRY = NOW.plus(Duration.ofHours(24));
    private static final CallerScope SCOPE = new CallerScope("tnt_1", "prj_1", "key_1");

    abstract IdempotencyStore store();

    @Test
    void oneRequestClaimsAKey() {
        KeptCall claimed = claim(call("a", "req_1"));
        KeptCall again = claim(call("a", "req_1"));
        KeptCall other = claim(call("a", "req_2"));

        assertThat(claimed)
                .isEqualTo(new KeptCall("req_1", call("a", "req_1").digest(), new KeptCall.State.Running(LEASE)))
                .isEqualTo(again)
                .isEqualTo(other);
        assertThat(store().find(SCOPE, new IdempotencyKey("a"), NOW)).contains(claimed);
        assertThat(store().find(SCOPE, new IdempotencyKey("b"), NOW)).isEmpty();
    }

    @Test
    void keysAreTheCallersOwnAndTellCaseApart() {
        claim(call("a", "req_1"));

        assertThat(claim(call("A", "req_2")).requestId()).isEqualTo("req_2");
        int request = 3;
        for (CallerScope other : List.of(
                new CallerScope("tnt_2", "prj_1", "key_1"),
                new CallerScope("tnt_1", "prj_2", "key_1"),
                new CallerScope("tnt_1", "prj_1", "key_2"),
                new CallerScope("tnt_1", "prj_1", "KEY_1"))) {
            String id = "req_" + request++;
            assertThat(store().find(other, new IdempotencyKey("a"), NOW)).isEmpty();
            assertThat(claim(new KeyedCall(other, new IdempotencyKey("a"), "0".repeat(64), id))
                            .requestId())
                    .isEqualTo(id);
        }
    }

    @Test
    void ofManyAtOnceOneClaims() throws Exception {
        try (ExecutorService gateways = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<KeptCall>> requests = IntStream.range(0, 12)
                    .<Callable<KeptCall>>mapToObj(request -> () -> claim(call("a", "req_" + request)))
                    .toList();
            List<KeptCall> told = new ArrayList<>();
            for (Future<KeptCall> request : gateways.invokeAll(requests)) {
                told.add(request.get());
            }
            assertThat(told.stream().map(KeptCall::requestId).collect(Collectors.toSet()))
                    .hasSize(1);
        }
    }

    @Test
    void keepsAResultToTheByte() {
        KeyedCall call = call("a", "req_1");
        claim(call);
        KeptResult result = new KeptResult(
                "req_1",
                200,
                "text/event-stream",
                Map.of("x-exaone-token-count", "exact", "x-other", "a: b"),
                "data: 말\n\n".getBytes(StandardCharsets.UTF_8));

        assertThat(store().finish(call, Optional.of(result))).isTrue();

        KeptCall known = claim(call("a", "req_2"));
        assertThat(known.state()).usingRecursiveComparison().isEqualTo(new KeptCall.State.Finished(result));
        assertThat(store().finish(call, Optional.empty())).isFalse();
        store().release(call);
        store().renew(List.of(call), EXPIRY);
        assertThat(claim(call("a", "req_3"))).usingRecursiveComparison().isEqualTo(known);
    }

    @Test
    void remembersThatAResultIsLost() {
        KeyedCall call = call("a", "req_1");
        claim(call);

        assertThat(store().finish(call, Optional.empty())).isTrue();

        assertThat(claim(call("a", "req_2")).state()).isEqualTo(new KeptCall.State.Lost());
    }

    @Test
    void letsGoOfWhatRunsAndOnlyForWhoeverClaimedIt() {
        claim(call("a", "req_1"));
        store().release(call("a", "req_2"));
        assertThat(store().finish(call("a", "req_2"), Optional.empty())).isFalse();
        assertThat(claim(call("a", "req_2")).requestId()).isEqualTo("req_1");

        store().release(call("a", "req_1"));

        assertThat(store().find(SCOPE, new IdempotencyKey("a"), NOW)).isEmpty();
        assertThat(claim(call("a", "req_2")).requestId()).isEqualTo("req_2");
    }

    @Test
    void saysUntilWhenACallIsKnownToRun() {
        claim(call("a", "req_1"));
        claim(call("b", "req_2"));
        Instant later = LEASE.plusSeconds(7);

        store().renew(List.of(call("a", "req_1"), call("b", "req_other")), later);

        assertThat(claim(call("a", "req_3")).state()).isEqualTo(new KeptCall.State.Running(later));
        assertThat(claim(call("b", "req_3")).state()).isEqualTo(new KeptCall.State.Running(LEASE));
    }

    @Test
    void forgetsWhatHasExpired() {
        claim(call("a", "req_1"));
        claim(call("b", "req_2"));

        assertThat(store().find(SCOPE, new IdempotencyKey("a"), EXPIRY)).isEmpty();
        assertThat(store().forget(EXPIRY.minusMillis(1), 10)).isZero();
        Instant tomorrow = EXPIRY.plus(Duration.ofHours(24));
        assertThat(store().claim(call("a", "req_3"), EXPIRY, EXPIRY.plusSeconds(20), tomorrow)
                        .requestId())
                .isEqualTo("req_3");
        assertThat(store().forget(EXPIRY, 10)).isEqualTo(1);
        assertThat(store().find(SCOPE, new IdempotencyKey("a"), EXPIRY)).isPresent();
        assertThat(store().forget(tomorrow, 10)).isEqualTo(1);
        assertThat(store().forget(tomorrow, 10)).isZero();
    }

    @Test
    void saysWhichProjectsKeepTooMuch() {
        KeyedCall call = call("a", "req_1");
        claim(call);
        claim(new KeyedCall(
                new CallerScope("tnt_1", "prj_2", "key_1"), new IdempotencyKey("a"), "0".repeat(64), "req_2"));
        store().finish(call, Optional.of(new KeptResult("req_1", 200, "x", Map.of(), new byte[500])));
        long key = IdempotencyStore.BYTES_OF_A_KEY;

        assertThat(store().above(key + 500)).isEmpty();
        assertThat(store().above(key + 499)).containsExactly(SCOPE.project());
        assertThat(store().above(key - 1)).hasSize(2);
    }

    private KeptCall claim(KeyedCall call) {
        return store().claim(call, NOW, LEASE, EXPIRY);
    }

    private static KeyedCall call(String key, String requestId) {
        return new KeyedCall(SCOPE, new IdempotencyKey(key), KeyedCall.digest("POST", "/v1/x", "content"), requestId);
    }
}
