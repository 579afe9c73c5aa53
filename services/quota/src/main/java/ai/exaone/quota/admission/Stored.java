package ai.exaone.quota.admission;

import java.util.concurrent.CompletableFuture;

/**
 * Something decided, to be told when it is stored.
 *
 * @param when done when it is stored; failed when it is not known to be
 */
record Stored<T>(T value, CompletableFuture<Void> when) {

    /** A decision that leaves nothing to store. */
    static <T> Stored<T> already(T value) {
        return new Stored<>(value, CompletableFuture.completedFuture(null));
    }
}
