package ai.exaone.gateway.auth;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys that were presented lately. A key is asked for once however many calls present it at the same time; one that was
 * refused is not asked for again for some seconds; and only so many are asked for at once, so that bad keys cannot hammer
 * identity. A key stays known until identity's log says otherwise of it than identity's answer did: what the log merely repeats,
 * such as that a key was made which is presented already, would else leave callers without their keys where identity goes away
 * just then. Thread-safe.
 */
public final class KeyCache {
    private static final int MOST_KEYS = 100_000;
    private static final int MOST_REFUSED = 50_000;
    private static final int MOST_EXCHANGES = 64;
    private static final Duration UNUSED_KEY = Duration.ofHours(1);
    private static final Duration REFUSED_FOR = Duration.ofSeconds(5);
    private static final Duration LONGEST_EXCHANGE = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final KeyExchange identity;
    private final LongSupplier nanos;
    /** Looked at by every call: its upkeep is a few steps, and less work than to wake another thread for it. */
    private final Cache<KeyDigest, CachedKey> known = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MOST_KEYS)
            .expireAfterAccess(UNUSED_KEY)
            .build();

    private final Cache<KeyDigest, PlatformException> refused = Caffeine.newBuilder()
            .maximumSize(MOST_REFUSED)
            .expireAfterWrite(REFUSED_FOR)
            .build();
    /** Keys that changed lately: an exchange that was under way at that time may have answered from before. */
    private final Cache<String, KeyChange> changes = Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterWrite(LONGEST_EXCHANGE)
            .build();

    private final Map<KeyDigest, CompletableFuture<CachedKey>> exchanges = new ConcurrentHashMap<>();
    private final Semaphore exchanging = new Semaphore(MOST_EXCHANGES);
    /** When all keys were stated last: answers that were asked for before may be older than that. */
    private volatile long restatedNanos;

    /** A key with the time at which identity was asked. */
    record CachedKey(ExchangedKey key, long askedNanos) {}

    /**
     * @param accepted what the key is since then; empty where it was revoked
     */
    private record KeyChange(Optional<AcceptedKey> accepted, long nanos) {}

    /**
     * @param nanos a monotonic clock
     */
    public KeyCache(KeyExchange identity, LongSupplier nanos) {
        this.identity = identity;
        this.nanos = nanos;
        this.restatedNanos = nanos.getAsLong() - 1;
    }

    /**
     * Who a key is.
     *
     * @param youngerThan age from which identity is asked again, for a fresh token
     * @throws PlatformException KEY_NOT_ACCEPTED or KEYS_NOT_VERIFIABLE
     */
    ExchangedKey get(String presentedKey, Duration youngerThan) {
        KeyDigest digest = KeyDigest.of(presentedKey);
        return lately(digest, youngerThan)
                .orElseGet(() -> exchangeOnce(digest, presentedKey, youngerThan))
                .key();
    }

    /** What identity said of a key, unless that is older than asked for; throws where it refused the key. */
    private Optional<CachedKey> lately(KeyDigest digest, Duration youngerThan) {
        CachedKey cached = known.getIfPresent(digest);
        if (cached != null && nanos.getAsLong() - cached.askedNanos() < youngerThan.toNanos()) {
            return Optional.of(cached);
        }
        PlatformException refusal = refused.getIfPresent(digest);
        if (refusal != null) {
            throw refusal;
        }
        return Optional.empty();
    }

    /**
     * Who a key is, as far as that is known here.
     *
     * @return empty where identity has to be asked
     * @throws PlatformException KEY_NOT_ACCEPTED, where it was refused lately
     */
    Optional<ExchangedKey> known(String presentedKey) {
        KeyDigest digest = KeyDigest.of(presentedKey);
        CachedKey cached = known.getIfPresent(digest);
        if (cached != null) {
            return Optional.of(cached.key());
        }
        PlatformException refusal = refused.getIfPresent(digest);
        if (refusal != null) {
            throw refusal;
        }
        return Optional.empty();
    }

    /** A key is new or changed: where it was known to be something else, it is asked for again when it is presented next. */
    void changed(AcceptedKey key) {
        changes.put(key.keyId(), new KeyChange(Optional.of(key), nanos.getAsLong()));
        refused.invalidateAll();
        known.asMap()
                .values()
                .removeIf(cached -> cached.key().keyId().equals(key.keyId())
                        && !cached.key().accepted().equals(key));
    }

    /** A key is no longer accepted. */
    void revoked(String keyId) {
        changes.put(keyId, new KeyChange(Optional.empty(), nanos.getAsLong()));
        known.asMap().values().removeIf(cached -> cached.key().keyId().equals(keyId));
    }

    /**
     * What happened in between is not known: a key that is not stated as it is known here is asked for again when it is presented
     * next.
     *
     * @param accepted all keys by their ids
     */
    void restated(Map<String, AcceptedKey> accepted) {
        restatedNanos = nanos.getAsLong();
        refused.invalidateAll();
        known.asMap()
                .values()
                .removeIf(cached -> !cached.key()
                        .accepted()
                        .equals(accepted.get(cached.key().keyId())));
    }

    private CachedKey exchangeOnce(KeyDigest digest, String presentedKey, Duration youngerThan) {
        CompletableFuture<CachedKey> mine = new CompletableFuture<>();
        CompletableFuture<CachedKey> flying = exchanges.putIfAbsent(digest, mine);
        if (flying != null) {
            return await(flying);
        }
        try {
            // Somebody else's exchange may have ended since the first look, just before this one could join it.
            CachedKey exchanged = lately(digest, youngerThan).orElseGet(() -> exchangeAndKeep(digest, presentedKey));
            mine.complete(exchanged);
            return exchanged;
        } catch (PlatformException failure) {
            PlatformException translated = translate(failure);
            if (translated.category() == ErrorCategory.UNAUTHENTICATED) {
                refused.put(digest, translated);
                known.invalidate(digest);
            }
            mine.completeExceptionally(translated);
            throw translated;
        } catch (RuntimeException defect) {
            mine.completeExceptionally(PlatformException.internal(defect));
            throw defect;
        } finally {
            exchanges.remove(digest, mine);
        }
    }

    private CachedKey exchangeAndKeep(KeyDigest digest, String presentedKey) {
        CachedKey exchanged = exchange(presentedKey);
        known.put(digest, exchanged);
        dropIfChanged(digest, exchanged);
        return exchanged;
    }

    private CachedKey exchange(String presentedKey) {
        if (!acquire()) {
            throw unverifiable(null);
        }
        try {
            long asked = nanos.getAsLong();
            return new CachedKey(identity.exchange(presentedKey), asked);
        } finally {
            exchanging.release();
        }
    }

    /** What the log said while the answer was on its way wins over it. */
    private void dropIfChanged(KeyDigest digest, CachedKey exchanged) {
        if (restatedNanos - exchanged.askedNanos() >= 0) {
            known.invalidate(digest);
        }
        KeyChange change = changes.getIfPresent(exchanged.key().keyId());
        if (change == null) {
            return;
        }
        AcceptedKey since = change.accepted().orElseThrow(KeyCache::notAccepted);
        if (change.nanos() - exchanged.askedNanos() >= 0
                && !since.equals(exchanged.key().accepted())) {
            known.invalidate(digest);
        }
    }

    private boolean acquire() {
        try {
            return exchanging.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static CachedKey await(CompletableFuture<CachedKey> flying) {
        try {
            return flying.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof PlatformException known ? known : PlatformException.internal(failed);
        }
    }

    private static PlatformException translate(PlatformException failure) {
        return switch (failure.category()) {
            // What is too long or too odd to be a key is not one.
            case UNAUTHENTICATED, INVALID_ARGUMENT, NOT_FOUND -> notAccepted();
            default -> unverifiable(failure);
        };
    }

    static PlatformException notAccepted() {
        return new PlatformException(
                AuthError.KEY_NOT_ACCEPTED, "Incorrect API key provided: it is unknown, revoked or expired.");
    }

    static PlatformException unverifiable(@Nullable Throwable cause) {
        PlatformException.Builder failure = PlatformException.because(
                        AuthError.KEYS_NOT_VERIFIABLE, "The platform cannot verify API keys at the moment.")
                .retryAfter(Duration.ofSeconds(1));
        return cause == null ? failure.build() : failure.cause(cause).build();
    }
}
