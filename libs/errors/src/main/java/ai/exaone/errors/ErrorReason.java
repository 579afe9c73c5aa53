package ai.exaone.errors;

/**
 * A named reason for a failure. Names are part of the public API: upper case, stable, unique in the platform.
 *
 * <p>Implemented by an enum beside each feature, for example {@code enum LimitError implements ErrorReason}.
 */
public interface ErrorReason {
    /** The stable name, for example {@code QUOTA_EXCEEDED}; an enum constant's own name serves. */
    String name();

    ErrorCategory category();

    /** Whether the same call, unchanged, may succeed later. Decided by the category unless the reason knows better. */
    default boolean retryable() {
        return category().retryable();
    }
}
