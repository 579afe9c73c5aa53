package ai.exaone.quota.admission;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An exchange of slices as it was answered and stored.
 *
 * @param open whether it is the last of its run, and what the run keeps by calendar counts
 */
record StoredExchange(SliceExchange exchange, List<SliceExchange.Grant> grants, Instant at, boolean open) {
    StoredExchange {
        grants = List.copyOf(grants);
    }

    /** One that was just answered. */
    static StoredExchange answered(SliceExchange exchange, List<SliceExchange.Grant> grants, Instant at) {
        Map<String, Long> granted = grants.stream()
                .filter(grant -> grant.day().isPresent())
                .collect(Collectors.toMap(SliceExchange.Grant::limitId, SliceExchange.Grant::granted));
        boolean keeps = exchange.tenants().stream()
                .flatMap(said -> said.demands().stream())
                .filter(demand -> granted.containsKey(demand.limitId()))
                .anyMatch(demand -> demand.kept() + granted.getOrDefault(demand.limitId(), 0L) > 0);
        return new StoredExchange(exchange, grants, at, keeps);
    }

    /** The grants that count, by limit: those by calendar only while it is open. */
    Map<String, SliceExchange.Grant> counting() {
        return grants.stream()
                .filter(grant -> open || grant.day().isEmpty())
                .collect(Collectors.toMap(SliceExchange.Grant::limitId, Function.identity()));
    }

    /** Those of them that count by calendar. */
    Map<String, SliceExchange.Grant> countingByCalendar() {
        return grants.stream()
                .filter(grant -> open && grant.day().isPresent())
                .collect(Collectors.toMap(SliceExchange.Grant::limitId, Function.identity()));
    }
}
