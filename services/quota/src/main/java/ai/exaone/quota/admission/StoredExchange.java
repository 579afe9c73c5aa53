package ai.exaone.quota.admission;

import java.time.Instant;
import java.util.List;

/** An exchange of slices as it was answered and stored. */
record StoredExchange(SliceExchange exchange, List<SliceExchange.Grant> grants, Instant at) {
    StoredExchange {
        grants = List.copyOf(grants);
    }
}
