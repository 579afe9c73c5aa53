package ai.exaone.quota.limit;

import java.util.Optional;

/** What is to be another about a limit; what is empty stays. */
public record LimitChange(Optional<Long> value, Optional<Enforcement> enforcement) {
    public static LimitChange ofValue(long value) {
        return new LimitChange(Optional.of(value), Optional.empty());
    }

    public static LimitChange ofEnforcement(Enforcement enforcement) {
        return new LimitChange(Optional.empty(), Optional.of(enforcement));
    }
}
