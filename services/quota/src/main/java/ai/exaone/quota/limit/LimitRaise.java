package ai.exaone.quota.limit;

import java.time.Instant;

/**
 * A limit is higher for a time. It ends by itself: whoever looks at the limit looks at the time too.
 *
 * @param value what counts meanwhile, in the limit's unit
 * @param until from when on it counts no longer
 * @param reason for people
 * @param author the subject who raised it
 */
public record LimitRaise(long value, Instant until, String reason, String author, Instant at) {
    /** Whether it counts at a moment. */
    public boolean holds(Instant moment) {
        return moment.isBefore(until);
    }
}
