package ai.exaone.gateway.idempotency;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.ProjectScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls with an idempotency key: one request carries each out, all others are told what came of it. A key is claimed before anything is
 * done, and a claimed key is never claimed again while it is remembered, however its call ended; only a call that did nothing lets go of
 * it. So a call is carried out at most once whatever happens to gateways, clocks and the database. Reads and writes the store, so it may
 * block. Thread-safe.
 */
public final class KeptCalls {
    private static final Logger LOG = LoggerFactory.getLogger(KeptCalls.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    private static final int MOST_WAITING = 500;
    private static final int RENEWED_AT_ONCE = 200;
    private static final int FORGOTTEN_AT_ONCE = 100;
    /** More are left to their leases: their keys then name calls that were interrupted. */
    private static final int MOST_UNRELEASED = 10_000;
    /** What recordings may take of the heap. */
    private static final int SHARE_OF_HEAP = 8;

    private final IdempotencyStore store;
    private final IdempotencyConfig config;
    private final Clock clock;
    private final Consumer<KeyUse> observer;
    private final AtomicLong room = new AtomicLong(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Map<String, KeyedCall> running = new ConcurrentHashMap<>();
    /** Calls that did nothing and whose keys may be claimed all the same, since the database was away. */
    private final Queue<KeyedCall> unreleased = new LinkedBlockingQueue<>(MOST_UNRELEASED);

    private volatile Set<ProjectScope> full = Set.of();

    /**
     * @param observer told what became of each request
     */
    public KeptCalls(IdempotencyStore store, IdempotencyConfig config, Clock clock, Consumer<KeyUse> observer) {
        this.store = store;
        this.config = config;
        this.clock = clock;
        this.observer = observer;
    }

    /** What is to be done with a request. */
    public sealed interface Turn {
        /** To carry it out; then {@link #finish} or {@link #release} is to be called. */
        record First() implements Turn {}

        /** To answer it with what came of the first. */
        record Again(KeptResult result) implements Turn {}
    }

    /**
     * Says whose turn it is, after waiting for a first call that still runs.
     *
     * @param patience ends the waiting
     * @throws PlatformException with an {@link IdempotencyError}, or CANCELLED where patience was lost
     */
    public Turn begin(KeyedCall call, Patience patience) {
        try {
            Turn turn = turn(call, patience);
            if (turn instanceof Turn.Again) {
                observer.accept(KeyUse.REPLAYED);
            }
            return turn;
        } catch (PlatformException refused) {
            use(refused).ifPresent(observer);
            throw refused;
        }
    }

    private static Optional<KeyUse> use(PlatformException refused) {
        if (!(refused.reason() instanceof IdempotencyError reason)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (reason) {
                    case IDEMPOTENT_CALL_RUNNING -> KeyUse.STILL_RUNNING;
                    case IDEMPOTENCY_UNAVAILABLE, IDEMPOTENCY_NOT_OFFERED, IDEMPOTENT_RESULTS_TOO_MANY ->
                        KeyUse.UNAVAILABLE;
                    case IDEMPOTENCY_KEY_MALFORMED,
                            IDEMPOTENCY_KEY_REUSED,
                            IDEMPOTENT_CALL_INTERRUPTED,
                            IDEMPOTENT_RESULT_NOT_KEPT -> KeyUse.REFUSED;
                });
    }

    private Turn turn(KeyedCall call, Patience patience) {
        KeptCall known = claim(call);
        if (known.requestId().equals(call.requestId())) {
            return first(call);
        }
        Optional<Turn> answered = answer(call, known);
        return answered.isPresent() ? answered.get() : await(call, patience);
    }

    private Turn first(KeyedCall call) {
        running.put(call.requestId(), call);
        return new Turn.First();
    }

    /** What a request is told by what is known of the first; empty while that runs. */
    private Optional<Turn> answer(KeyedCall call, KeptCall known) {
        if (!known.digest().equals(call.digest())) {
            throw KeyRefusals.refusal(
                    IdempotencyError.IDEMPOTENCY_KEY_REUSED,
                    call,
                    "was used for another request before: send this one with a key of its own.");
        }
        return switch (known.state()) {
            case KeptCall.State.Finished(KeptResult result) -> Optional.of(new Turn.Again(result));
            case KeptCall.State.Lost ignored ->
                throw KeyRefusals.refusal(
                        IdempotencyError.IDEMPOTENT_RESULT_NOT_KEPT,
                        call,
                        "names a call that was carried out (" + known.requestId()
                                + ") and whose answer broke off or was larger than is kept."
                                + " To carry it out again send another key.");
            case KeptCall.State.Running(Instant leaseUntil) -> {
                if (!leaseUntil.isAfter(clock.instant())) {
                    throw KeyRefusals.refusal(
                            IdempotencyError.IDEMPOTENT_CALL_INTERRUPTED,
                            call,
                            "names a call (" + known.requestId()
                                    + ") within which the platform was interrupted: it may have been carried out in part."
                                    + " To carry it out again send another key.");
                }
                yield Optional.empty();
            }
        };
    }

    private Turn await(KeyedCall call, Patience patience) {
        if (!waiting.tryAcquire()) {
            throw KeyRefusals.stillRunning(call);
        }
        try {
            Instant end = clock.instant().plus(config.longestWait());
            Duration pause = FIRST_PAUSE;
            while (patience.bears(pause)) {
                Optional<Turn> turn = look(call);
                if (turn.isPresent()) {
                    return turn.get();
                }
                if (!clock.instant().isBefore(end)) {
                    throw KeyRefusals.stillRunning(call);
                }
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
            throw new PlatformException(PlatformError.CANCELLED, "The caller left before the answer was complete.");
        } finally {
            waiting.release();
        }
    }

    private Optional<Turn> look(KeyedCall call) {
        KeptCall known = find(call).orElseGet(() -> claim(call));
        return known.requestId().equals(call.requestId()) ? Optional.of(first(call)) : answer(call, known);
    }

    private KeptCall claim(KeyedCall call) {
        if (full.contains(call.scope().project())) {
            return find(call).orElseThrow(KeyRefusals::tooMany);
        }
        Instant now = clock.instant();
        try {
            return store.claim(call, now, now.plus(config.lease()), now.plus(config.retention()));
        } catch (PlatformException failed) {
            if (failed.reason() != IdempotencyError.IDEMPOTENCY_NOT_OFFERED) {
                releaseLater(call);
            }
            throw KeyRefusals.unavailable(failed);
        }
    }

    private Optional<KeptCall> find(KeyedCall call) {
        return available(() -> store.find(call.scope(), call.key(), clock.instant()));
    }

    private static <T> T available(Supplier<T> work) {
        try {
            return work.get();
        } catch (PlatformException failed) {
            throw KeyRefusals.unavailable(failed);
        }
    }

    /** Keeps what came of a call that was carried out. Where that fails the call counts as interrupted. */
    public void finish(KeyedCall call, Optional<KeptResult> result) {
        KeyUse use = result.isPresent() ? KeyUse.KEPT : KeyUse.NOT_KEPT;
        try {
            if (!store.finish(call, result)) {
                LOG.error("{} was no longer known to run: its result is not kept", call.requestId());
                use = KeyUse.UNSAVED;
            }
        } catch (PlatformException failed) {
            LOG.error("The result of {} is not kept for its idempotency key", call.requestId(), failed);
            use = KeyUse.UNSAVED;
        } finally {
            running.remove(call.requestId());
        }
        observer.accept(use);
    }

    /** Lets go of the key of a call of which nothing was done. */
    public void release(KeyedCall call) {
        try {
            store.release(call);
        } catch (PlatformException failed) {
            LOG.warn("The idempotency key of {} is let go of later", call.requestId(), failed);
            releaseLater(call);
        } finally {
            running.remove(call.requestId());
        }
        observer.accept(KeyUse.RELEASED);
    }

    private void releaseLater(KeyedCall call) {
        if (!unreleased.offer(call)) {
            LOG.warn("The idempotency key of {} stays claimed", call.requestId());
        }
    }

    /** What records an answer. */
    public Recording recording() {
        return new Recording(config.largestResult(), room);
    }

    // From time to time.

    /** Says of the calls that run here that they do, and lets go of what could not be let go of before. */
    public void renew() {
        List<KeyedCall> calls = List.copyOf(running.values());
        for (int from = 0; from < calls.size(); from += RENEWED_AT_ONCE) {
            store.renew(
                    calls.subList(from, Math.min(calls.size(), from + RENEWED_AT_ONCE)),
                    clock.instant().plus(config.lease()));
        }
        for (KeyedCall call = unreleased.peek(); call != null; call = unreleased.peek()) {
            store.release(call);
            unreleased.remove(call);
        }
    }

    /** Forgets what has expired, and notes which projects keep too much. */
    public void prune() {
        int forgotten = FORGOTTEN_AT_ONCE;
        while (forgotten == FORGOTTEN_AT_ONCE && !Thread.currentThread().isInterrupted()) {
            forgotten = store.forget(clock.instant(), FORGOTTEN_AT_ONCE);
        }
        full = store.above(config.mostOfProject());
    }
}
