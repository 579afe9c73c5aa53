package ai.exaone.gateway.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.idempotency.InMemoryIdempotencyStore.Fault;
import ai.exaone.testing.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class KeptCallsTest {
    private static final CallerScope SCOPE = new CallerScope("tnt_1", "prj_1", "key_1");
    private static final IdempotencyConfig CONFIG = IdempotencyConfig.DEFAULTS;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-23T00:00:00Z"));
    private final InMemoryIdempotencyStore store = new InMemoryIdempotencyStore();
    private final List<KeyUse> uses = new ArrayList<>();
    private final KeptCalls calls = new KeptCalls(store, CONFIG, clock, uses::add);
    private final AtomicInteger requests = new AtomicInteger();

    @Test
    void tellsWhoAsksAgainWhatCameOfTheFirst() {
        KeyedCall first = request("x");
        assertThat(calls.begin(first, new Patience())).isEqualTo(new KeptCalls.Turn.First());
        calls.finish(first, Optional.of(result(first)));

        assertThat(calls.begin(request("x"), new Patience()))
                .usingRecursiveComparison()
                .isEqualTo(new KeptCalls.Turn.Again(result(first)));
        PlatformException reused = refused(calls, request("y"));
        assertThat(reused.reason()).isEqualTo(IdempotencyError.IDEMPOTENCY_KEY_REUSED);
        assertThat(reused.publicMessage()).contains("'the-key'");
        assertThat(uses).containsExactly(KeyUse.KEPT, KeyUse.REPLAYED, KeyUse.REFUSED);
    }

    @Test
    void waitsForTheFirstAndTakesItsTurnWhereThatDidNothing() throws Exception {
        KeyedCall first = request("x");
        calls.begin(first, new Patience());
        var second = CompletableFuture.supplyAsync(() -> calls.begin(request("x"), new Patience()));
        calls.release(first);
        assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo(new KeptCalls.Turn.First());
    }

    @Test
    void waitsForTheFirstUntilItIsFinished() throws Exception {
        KeyedCall first = request("x");
        calls.begin(first, new Patience());
        var second = CompletableFuture.supplyAsync(() -> calls.begin(request("x"), new Patience()));
        calls.finish(first, Optional.of(result(first)));
        assertThat(second.get(60, TimeUnit.SECONDS)).isInstanceOf(KeptCalls.Turn.Again.class);
    }

    @Test
    void doesNotWaitForever() throws Exception {
        KeptCalls patient = new KeptCalls(
                store,
                new IdempotencyConfig(CONFIG.retention(), CONFIG.longestWait(), CONFIG.retention(), 10, 1),
                clock,
                uses::add);
        patient.begin(request("x"), new Patience());
        var late = CompletableFuture.supplyAsync(() -> refused(patient, request("x"), new Patience()));
        Awaitility.await().until(() -> {
            clock.advance(Duration.ofSeconds(10));
            return late.isDone();
        });
        assertThat(late.get().reason()).isEqualTo(IdempotencyError.IDEMPOTENT_CALL_RUNNING);
        assertThat(late.get().retryAfter()).isPresent();
    }

    @Test
    void doesNotCarryOutAgainWhatWasInterruptedOrIsLost() {
        KeyedCall first = request("x");
        calls.begin(first, new Patience());
        clock.advance(CONFIG.lease());
        assertThat(refused(calls, request("x")).reason()).isEqualTo(IdempotencyError.IDEMPOTENT_CALL_INTERRUPTED);
        calls.renew();
        assertThat(refused(calls, request("x")).reason()).isEqualTo(PlatformError.CANCELLED);
        calls.finish(first, Optional.empty());
        assertThat(refused(calls, request("x")).reason()).isEqualTo(IdempotencyError.IDEMPOTENT_RESULT_NOT_KEPT);
        clock.advance(CONFIG.retention());
        assertThat(calls.begin(request("x"), new Patience())).isEqualTo(new KeptCalls.Turn.First());
    }

    @Test
    void takesNoMoreKeysOfAProjectThatKeepsTooMuch() {
        KeptCalls small = new KeptCalls(
                store,
                new IdempotencyConfig(CONFIG.retention(), CONFIG.longestWait(), CONFIG.lease(), 10, 1),
                clock,
                uses::add);
        KeyedCall first = request("x");
        small.begin(first, new Patience());
        small.finish(first, Optional.of(result(first)));
        small.prune();

        assertThat(small.begin(request("x"), new Patience())).isInstanceOf(KeptCalls.Turn.Again.class);
        assertThat(refused(small, new KeyedCall(SCOPE, new IdempotencyKey("new"), "d", "req_new"))
                        .reason())
                .isEqualTo(IdempotencyError.IDEMPOTENT_RESULTS_TOO_MANY);
        clock.advance(CONFIG.retention());
        small.prune();
        assertThat(small.begin(request("x"), new Patience())).isEqualTo(new KeptCalls.Turn.First());
    }

    @Test
    void recordsWhatThereIsRoomFor() {
        byte[] piece = new byte[CONFIG.largestResult() / 2];
        Recording recording = calls.recording();
        recording.add(piece, 0, piece.length);
        recording.add(piece, 0, piece.length);
        assertThat(recording.whole()).get().satisfies(whole -> assertThat(whole).hasSize(2 * piece.length));
        recording.add(piece, 0, 1);
        assertThat(recording.isFull()).isTrue();
        assertThat(recording.whole()).isEmpty();
        recording.close();
    }

    /** Something that happens to two gateways on one database, and to one key. */
    private enum Event {
        ASKED_HERE,
        ASKED_THERE,
        ANOTHER_ASKED,
        FINISHED,
        BROKE_OFF,
        DID_NOTHING,
        RENEWED,
        LEASE_PASSED,
        DAY_PASSED,
        DATABASE_AWAY,
        DATABASE_LOSES_ANSWERS,
        DATABASE_BACK
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return Arbitraries.of(Event.class).list().ofMinSize(1).ofMaxSize(40);
    }

    @Property(tries = 2000)
    void aCallIsCarriedOutOnceWhateverHappens(@ForAll("histories") List<Event> events) {
        History history = new History();
        events.forEach(history::happens);
        history.settles();
    }

    private static final class History {
        private final MutableClock clock = new MutableClock(Instant.parse("2026-11-23T00:00:00Z"));
        private final InMemoryIdempotencyStore store = new InMemoryIdempotencyStore();
        private final KeptCalls here = new KeptCalls(store, CONFIG, clock, use -> {});
        private final KeptCalls there = new KeptCalls(store, CONFIG, clock, use -> {});
        private final AtomicInteger requests = new AtomicInteger();
        /** Who carries the call out, or has done so, and where; empty when nobody does. */
        private Optional<KeyedCall> carrier = Optional.empty();

        private KeptCalls at = here;
        private boolean over;
        private Optional<KeptResult> kept = Optional.empty();

        void happens(Event event) {
            switch (event) {
                case ASKED_HERE -> ask(here, "x");
                case ASKED_THERE -> ask(there, "x");
                case ANOTHER_ASKED -> ask(there, "y");
                case FINISHED -> end(Optional.of(new byte[] {7}));
                case BROKE_OFF -> end(Optional.empty());
                case DID_NOTHING -> didNothing();
                case RENEWED -> renew();
                case LEASE_PASSED -> clock.advance(CONFIG.lease());
                case DAY_PASSED -> {
                    clock.advance(CONFIG.retention());
                    carrier = Optional.empty();
                    kept = Optional.empty();
                }
                case DATABASE_AWAY -> store.fail(Fault.BEFORE);
                case DATABASE_LOSES_ANSWERS -> store.fail(Fault.AFTER);
                case DATABASE_BACK -> store.fail(Fault.NONE);
            }
        }

        private void ask(KeptCalls gateway, String what) {
            KeyedCall call = new KeyedCall(SCOPE, new IdempotencyKey("k"), what, "req_" + requests.incrementAndGet());
            Patience none = new Patience();
            none.lose();
            try {
                switch (gateway.begin(call, none)) {
                    case KeptCalls.Turn.First ignored -> {
                        assertThat(carrier).as("nobody else carries it out").isEmpty();
                        carrier = Optional.of(call);
                        at = gateway;
                        over = false;
                    }
                    case KeptCalls.Turn.Again(KeptResult result) ->
                        assertThat(result).usingRecursiveComparison().isEqualTo(kept.orElseThrow());
                }
            } catch (PlatformException refused) {
                assertThat(refused.reason().name())
                        .isIn(
                                "CANCELLED",
                                "IDEMPOTENCY_KEY_REUSED",
                                "IDEMPOTENT_CALL_INTERRUPTED",
                                "IDEMPOTENT_RESULT_NOT_KEPT",
                                "IDEMPOTENCY_UNAVAILABLE");
            }
        }

        private void end(Optional<byte[]> body) {
            if (carrier.isPresent() && !over) {
                KeyedCall call = carrier.get();
                over = true;
                Optional<KeptResult> result =
                        body.map(bytes -> new KeptResult(call.requestId(), 200, "x", Map.of(), bytes));
                kept = result;
                at.finish(call, result);
            }
        }

        private void didNothing() {
            if (carrier.isPresent() && !over) {
                KeyedCall call = carrier.get();
                carrier = Optional.empty();
                at.release(call);
            }
        }

        private void renew() {
            for (KeptCalls gateway : List.of(here, there)) {
                try {
                    gateway.renew();
                } catch (PlatformException away) {
                    assertThat(away.reason().name()).isEqualTo("STORE_UNAVAILABLE");
                }
            }
        }

        /** Where nobody carries it out and the database is there, the next who asks does. */
        void settles() {
            happens(Event.DATABASE_BACK);
            renew();
            if (carrier.isEmpty()) {
                ask(here, "x");
                assertThat(carrier).isPresent();
            }
        }
    }

    private KeyedCall request(String what) {
        return new KeyedCall(SCOPE, new IdempotencyKey("the-key"), what, "req_" + requests.incrementAndGet());
    }

    private static KeptResult result(KeyedCall call) {
        return new KeptResult(
                call.requestId(), 200, "application/json", Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static PlatformException refused(KeptCalls calls, KeyedCall call) {
        Patience none = new Patience();
        none.lose();
        return refused(calls, call, none);
    }

    private static PlatformException refused(KeptCalls calls, KeyedCall call, Patience patience) {
        return catchThrowableOfType(PlatformException.class, () -> calls.begin(call, patience));
    }
}
