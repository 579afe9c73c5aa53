package ai.exaone.quota.admission;

import java.time.Duration;

/**
 * The tightest limit per minute of one kind.
 *
 * @param limit its value; 0 when there is none
 * @param remaining not below 0
 * @param resetAfter until it is whole again
 */
public record RateState(long limit, long remaining, Duration resetAfter) {
    static final RateState UNLIMITED = new RateState(0, 0, Duration.ZERO);
}
