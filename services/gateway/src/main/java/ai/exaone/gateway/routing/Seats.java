package ai.exaone.gateway.routing;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The replicas of one model as one gateway uses them. Immutable, but for what is in flight. */
final class Seats {
    static final Seats NONE = new Seats(List.of());

    private final Seat[] all;
    private final int places;

    Seats(List<Seat> seats) {
        all = seats.toArray(Seat[]::new);
        int sum = 0;
        for (Seat seat : all) {
            if (seat.places() == 0) {
                sum = 0;
                break;
            }
            sum += seat.places();
        }
        places = sum;
    }

    /** How many calls this gateway may have there at once; 0 where any number, or where there is no replica. */
    int places() {
        return places;
    }

    boolean isBounded() {
        return places > 0;
    }

    /** What is known of a replica; null where it is new. */
    @Nullable
    ReplicaLoad load(String replicaId) {
        for (Seat seat : all) {
            if (seat.replica().id().equals(replicaId)) {
                return seat.load();
            }
        }
        return null;
    }

    /** Whether there is a replica that a call has not tried. */
    boolean hasUntried(Set<String> tried) {
        for (Seat seat : all) {
            if (!tried.contains(seat.replica().id())) {
                return true;
            }
        }
        return false;
    }

    /** Whether any place is free, wherever. */
    boolean hasFree() {
        for (Seat seat : all) {
            if (seat.isFree()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Chooses a replica with a free place: the less loaded of two taken at random, among those that were reachable lately.
     *
     * @param tried those that are out of the question
     * @return null where there is none
     */
    @Nullable
    Seat choose(Set<String> tried, long now, RandomGenerator random) {
        if (all.length == 1) {
            Seat only = all[0];
            return only.isFree() && !tried.contains(only.replica().id()) ? only : null;
        }
        boolean healthyOnly = hasHealthy(tried, now);
        int candidates = 0;
        for (Seat seat : all) {
            candidates += isCandidate(seat, tried, now, healthyOnly) ? 1 : 0;
        }
        if (candidates == 0) {
            return null;
        }
        int first = random.nextInt(candidates);
        int second = candidates == 1 ? first : (first + 1 + random.nextInt(candidates - 1)) % candidates;
        Seat one = null;
        Seat other = null;
        int number = 0;
        for (Seat seat : all) {
            if (isCandidate(seat, tried, now, healthyOnly)) {
                one = number == first ? seat : one;
                other = number == second ? seat : other;
                number++;
            }
        }
        // Loads change meanwhile: what was a candidate may have been taken by somebody else.
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isLessLoaded(other) ? one : other;
    }

    /** Where all are ejected one of them is tried all the same: the engine may be back before we know. */
    private boolean hasHealthy(Set<String> tried, long now) {
        for (Seat seat : all) {
            if (!seat.load().isEjected(now) && !tried.contains(seat.replica().id())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCandidate(Seat seat, Set<String> tried, long now, boolean healthyOnly) {
        return seat.isFree()
                && (!healthyOnly || !seat.load().isEjected(now))
                && !tried.contains(seat.replica().id());
    }
}
