package ai.exaone.gateway.inference;

import ai.exaone.ids.IdGenerator;
import java.time.Clock;
import java.time.Instant;

/**
 * What every request is given when it arrives: an id and the time. Thread-safe.
 *
 * @param ids makes the ids
 * @param clock tells the time
 */
public record Stamp(IdGenerator ids, Clock clock) {
    /** An id for a request, {@code req_…}. */
    String requestId() {
        return ids.next("req");
    }

    /** Now. */
    Instant now() {
        return clock.instant();
    }
}
