package ai.exaone.quota.limit;

import java.time.Instant;
import java.util.Optional;

/**
 * How a limit stands.
 *
 * @param used what is used in the current window, holds included; in the limit's unit
 * @param resetAt when the current day or month ends; empty for kinds without one
 */
public record LimitUse(long used, Optional<Instant> resetAt) {}
