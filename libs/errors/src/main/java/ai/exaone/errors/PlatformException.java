package ai.exaone.errors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The failure that leaves a feature. Its reason, message, metadata, retry delay and field violations may reach the caller;
 * its cause never does: it is for the log.
 */
public final class PlatformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorReason reason;
    private final String publicMessage;
    private final transient Map<String, String> metadata;
    private final transient Optional<Duration> retryAfter;
    private final transient List<FieldViolation> violations;

    /**
     * A failure of which the reason and one sentence say everything.
     *
     * @param publicMessage a sentence fit for the caller: no secrets, no text of foreign exceptions
     */
    public PlatformException(ErrorReason reason, String publicMessage) {
        this(new Builder(reason, publicMessage));
    }

    private PlatformException(Builder builder) {
        super(builder.publicMessage, builder.cause);
        this.reason = builder.reason;
        this.publicMessage = builder.publicMessage;
        this.metadata = Map.copyOf(builder.metadata);
        this.retryAfter = Optional.ofNullable(builder.retryAfter);
        this.violations = List.copyOf(builder.violations);
    }

    /** Starts a failure that carries more than a sentence. */
    public static Builder because(ErrorReason reason, String publicMessage) {
        return new Builder(reason, publicMessage);
    }

    /** A defect. The caller learns only that there was one. */
    public static PlatformException internal(Throwable cause) {
        return because(PlatformError.INTERNAL, "The platform failed to answer.")
                .cause(cause)
                .build();
    }

    public ErrorReason reason() {
        return reason;
    }

    public ErrorCategory category() {
        return reason.category();
    }

    /** The sentence for the caller; the same as {@link #getMessage()}, and never null. */
    public String publicMessage() {
        return publicMessage;
    }

    /** Values that the sentence names, for programs: the limit, the tenant, the model. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** How long the caller should wait before the same call; empty where nothing is known. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** The fields that are wrong, in the order they were found. */
    public List<FieldViolation> violations() {
        return violations;
    }

    /** For the log: the reason is more telling than this class's name. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return reason.name() + ": " + publicMessage;
    }

    /** Collects what a failure carries. For one thread and one failure. */
    public static final class Builder {
        private final ErrorReason reason;
        private final String publicMessage;
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private final List<FieldViolation> violations = new ArrayList<>();
        private @Nullable Duration retryAfter;
        private @Nullable Throwable cause;

        private Builder(ErrorReason reason, String publicMessage) {
            if (publicMessage.isBlank()) {
                throw new IllegalArgumentException("A failure says what happened");
            }
            this.reason = reason;
            this.publicMessage = publicMessage;
        }

        public Builder metadata(String key, String value) {
            metadata.put(key, value);
            return this;
        }

        public Builder metadata(Map<String, String> entries) {
            metadata.putAll(entries);
            return this;
        }

        /** How long the caller should wait before the same call; not negative. */
        public Builder retryAfter(Duration delay) {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("A delay is not negative: " + delay);
            }
            this.retryAfter = delay;
            return this;
        }

        public Builder violation(String field, String description) {
            violations.add(new FieldViolation(field, description));
            return this;
        }

        public Builder violations(List<FieldViolation> found) {
            violations.addAll(found);
            return this;
        }

        /** What really happened; for the log only. */
        public Builder cause(Throwable hidden) {
            this.cause = hidden;
            return this;
        }

        public PlatformException build() {
            return new PlatformException(this);
        }
    }
}
