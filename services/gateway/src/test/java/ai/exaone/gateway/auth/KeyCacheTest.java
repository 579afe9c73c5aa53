package ai.exaone.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeyCacheTest {
    private static final Duration ANY_AGE = Duration.ofDays(1);

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void asksOnceHoweverManyPresentAKeyAtOnce() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        KeyCache cache = cache(key -> {
            await(answer);
            return exchanged(key);
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ExchangedKey>> presented = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                presented.add(threads.submit(() -> cache.get("exk_a", ANY_AGE)));
            }
            answer.countDown();
            for (Future<ExchangedKey> one : presented) {
                assertThat(one.get().keyId()).isEqualTo("exk_a");
            }
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void doesNotAskAgainForAKeyThatWasJustRefused() {
        KeyCache cache = cache(key -> {
            throw new PlatformException(RpcError.UNAUTHENTICATED, "Unknown.");
        });
        for (int i = 0; i < 3; i++) {
            assertReason(cache, AuthError.KEY_NOT_ACCEPTED);
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void asksAgainWhenIdentityWasAway() {
        KeyCache cache = cache(key -> {
            throw new PlatformException(RpcError.SERVICE_UNAVAILABLE, "Away.");
        });
        assertReason(cache, AuthError.KEYS_NOT_VERIFIABLE);
        assertReason(cache, AuthError.KEYS_NOT_VERIFIABLE);
        assertThat(asked).hasValue(2);
    }

    @Test
    void forgetsARevokedKey() {
        KeyCache cache = cache(KeyCacheTest::exchanged);
        cache.get("exk_a", ANY_AGE);
        cache.revoked("exk_a");

        assertReason(cache, AuthError.KEY_NOT_ACCEPTED);
    }

    @Test
    void doesNotBelieveAnAnswerThatARevocationOvertook() {
        KeyCache[] cache = new KeyCache[1];
        cache[0] = cache(key -> {
            cache[0].revoked(key);
            return exchanged(key);
        });

        assertReason(cache[0], AuthError.KEY_NOT_ACCEPTED);
    }

    @Test
    void asksAgainAfterAChange() {
        KeyCache cache = cache(KeyCacheTest::exchanged);
        cache.get("exk_a", ANY_AGE);
        now.incrementAndGet();
        cache.changed(narrower("exk_a"));
        now.incrementAndGet();
        cache.get("exk_a", ANY_AGE);
        cache.get("exk_a", ANY_AGE);

        assertThat(asked).hasValue(2);
    }

    @Test
    void keepsNoAnswerFromBeforeAChange() {
        KeyCache[] cache = new KeyCache[1];
        cache[0] = cache(key -> {
            cache[0].changed(narrower(key));
            return exchanged(key);
        });
        cache[0].get("exk_a", ANY_AGE);
        cache[0].get("exk_a", ANY_AGE);

        assertThat(asked).hasValue(2);
    }

    @Test
    void keepsAKeyOfWhichTheLogRepeatsWhatIsKnown() {
        KeyCache cache = cache(KeyCacheTest::exchanged);
        cache.get("exk_a", ANY_AGE);
        now.incrementAndGet();
        cache.changed(accepted("exk_a"));
        now.incrementAndGet();
        cache.get("exk_a", ANY_AGE);

        assertThat(cache.known("exk_a")).isPresent();
        assertThat(asked).hasValue(1);
    }

    @Test
    void keepsAnAnswerThatTheLogRepeatedMeanwhile() {
        KeyCache[] cache = new KeyCache[1];
        cache[0] = cache(key -> {
            cache[0].changed(accepted(key));
            return exchanged(key);
        });
        cache[0].get("exk_a", ANY_AGE);

        assertThat(cache[0].known("exk_a")).isPresent();
    }

    @Test
    void asksAgainForAFreshToken() {
        KeyCache cache = cache(KeyCacheTest::exchanged);
        cache.get("exk_a", Duration.ofMinutes(4));
        now.addAndGet(Duration.ofMinutes(5).toNanos());
        cache.get("exk_a", ANY_AGE);
        assertThat(asked).hasValue(1);
        cache.get("exk_a", Duration.ofMinutes(4));
        assertThat(asked).hasValue(2);
    }

    @Test
    void keepsOfMissedChangesWhatIsStatedAsItWasKnown() {
        KeyCache cache = cache(KeyCacheTest::exchanged);
        cache.get("exk_same", ANY_AGE);
        cache.get("exk_changed", ANY_AGE);
        cache.get("exk_gone", ANY_AGE);
        now.incrementAndGet();
        cache.restated(Map.of("exk_same", accepted("exk_same"), "exk_changed", narrower("exk_changed")));

        assertThat(cache.known("exk_same")).isPresent();
        assertThat(cache.known("exk_changed")).isEmpty();
        assertThat(cache.known("exk_gone")).isEmpty();
    }

    @Test
    void keepsNoAnswerFromBeforeMissedChanges() {
        KeyCache[] cache = new KeyCache[1];
        cache[0] = cache(key -> {
            cache[0].restated(Map.of());
            return exchanged(key);
        });
        cache[0].get("exk_a", ANY_AGE);
        cache[0].get("exk_a", ANY_AGE);

        assertThat(asked).hasValue(2);
    }

    private KeyCache cache(KeyExchange identity) {
        return new KeyCache(
                key -> {
                    asked.incrementAndGet();
                    return identity.exchange(key);
                },
                now::get);
    }

    private static void assertReason(KeyCache cache, AuthError reason) {
        assertThatThrownBy(() -> cache.get("exk_a", ANY_AGE))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    /** A key whose id is its text. */
    private static ExchangedKey exchanged(String key) {
        Principal principal =
                Principal.key(key, "name", TestIds.TENANT, TestIds.PROJECT, Set.of(Principals.CALL), List.of());
        return new ExchangedKey(accepted(key), principal, "token");
    }

    private static AcceptedKey accepted(String key) {
        return new AcceptedKey(key, Set.of("inference"), List.of(), Optional.empty());
    }

    private static AcceptedKey narrower(String key) {
        return new AcceptedKey(key, Set.of("inference"), List.of("other"), Optional.empty());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
