package ai.exaone.quota.admission;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.price.PriceError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One tenant's admitted requests, while they are remembered, and what they count for. Not thread-safe: {@link Book} guards it. */
final class HeldRequests {
    private final Meters meters;
    private final Map<String, HeldRequest> requests = new HashMap<>();

    HeldRequests(Meters meters) {
        this.meters = meters;
    }

    Optional<HeldRequest> find(String requestId) {
        return Optional.ofNullable(requests.get(requestId));
    }

    /** Those that run, as far as is known. */
    Stream<HeldRequest> open() {
        return requests.values().stream().filter(request -> request.state == HoldState.HELD);
    }

    /** Counts all that a request may use, from now on. */
    HeldRequest open(Hold hold, Moment now) {
        var held = new HeldRequest(hold, now.nanos(), HoldState.HELD, Count.NOTHING);
        recount(held, Count.held(hold), now);
        requests.put(hold.requestId(), held);
        return held;
    }

    /**
     * Makes a request count for what it used; returns what to write.
     *
     * @throws PlatformException {@link PriceError#AMOUNT_OUT_OF_RANGE}, and nothing is changed
     */
    List<JournalEntry> close(HeldRequest request, HoldState state, long tokens, long micros, Moment now) {
        Hold hold = request.hold;
        meters.requireRoom(metersOf(hold), micros);
        Count before = request.count;
        recount(request, Count.used(tokens, micros), now);
        request.state = state;
        request.closedNanos = now.nanos();
        var closed = new JournalEntry.Closed(hold.requestId(), state, tokens, micros, now.at());
        long moreTokens = tokens - (before.used() ? before.tokens() : 0);
        long moreMicros = micros - (before.used() ? before.micros() : 0);
        if (moreTokens == 0 && moreMicros == 0) {
            return List.of(closed);
        }
        var key = new JournalEntry.DayKey(
                hold.tenantId(), hold.day(), hold.projectId(), hold.keyId(), hold.agentId(), hold.model());
        return List.of(closed, new JournalEntry.Used(key, moreTokens, moreMicros));
    }

    /** Gives a request's slot back, or takes it again. In memory only: the hold stays what it is. */
    void occupySlot(HeldRequest request, boolean occupied, Moment now) {
        int slots = occupied ? request.hold.slots() : 0;
        if (request.count.slots() != slots) {
            recount(request, request.count.withSlots(slots), now);
        }
    }

    /** Forgets a request as if it had never been. */
    void discard(String requestId, Moment now) {
        HeldRequest request = requests.remove(requestId);
        if (request != null) {
            recount(request, Count.NOTHING, now);
        }
    }

    /** Takes over a hold from the database, unless it is remembered. What a closed one used is in the day's sums already. */
    void restore(StoredHold stored, Moment now) {
        requests.computeIfAbsent(stored.hold().requestId(), requestId -> restored(stored, now));
    }

    /** Forgets requests that were closed long ago. */
    void forget(Duration memory, Moment now) {
        requests.values().removeIf(request -> isForgettable(request, memory, now));
    }

    /** The meters that a request counts in. */
    List<Meter> metersOf(Hold hold) {
        return meters.above(hold.projectId(), hold.keyId(), hold.agentId(), hold.model());
    }

    private HeldRequest restored(StoredHold stored, Moment now) {
        Hold hold = stored.hold();
        // A clock that was set back makes holds of the future: they count as taken just now.
        long age = Math.max(0, Duration.between(hold.admittedAt(), now.at()).toNanos());
        var request = new HeldRequest(hold, now.nanos() - age, stored.state(), Count.NOTHING);
        request.closedNanos = now.nanos();
        if (stored.state() == HoldState.HELD) {
            recount(request, Count.held(hold), now);
        } else {
            Count count = Count.used(stored.usedTokens(), stored.usedMicros());
            metersOf(hold).forEach(meter -> meter.countInWindows(now, request.cell(), Count.NOTHING, count));
            request.count = count;
        }
        return request;
    }

    private void recount(HeldRequest request, Count after, Moment now) {
        Hold hold = request.hold;
        metersOf(hold).forEach(meter -> meter.recount(now, request.cell(), hold.day(), request.count, after));
        request.count = after;
    }

    private static boolean isForgettable(HeldRequest request, Duration memory, Moment now) {
        return request.state != HoldState.HELD
                && request.stored.isDone()
                && now.nanos() - request.closedNanos > memory.toNanos();
    }
}
