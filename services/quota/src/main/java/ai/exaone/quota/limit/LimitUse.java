package ai.exaone.quota.limit;

import java.time.Instant;
import java.util.Optional;

/**
 * How a limit stands.
 *
 * @param amount how much counts now: a raise that holds included
 * @param used what is used in the current window, holds included; in the limit's unit
 * @param resetAt when the current day or month ends; empty for kinds without one
 */
public record LimitUse(long amount, long used, Optional<Instant> resetAt) {}
