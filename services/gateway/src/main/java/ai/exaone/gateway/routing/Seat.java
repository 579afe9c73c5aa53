package ai.exaone.gateway.routing;

/**
 * A replica as one gateway uses it.
 *
 * @param places calls that this gateway has there at once; 0 for any number
 */
record Seat(Replica replica, ReplicaLoad load, int places) {
    boolean isFree() {
        return places == 0 || load.inFlight() < places;
    }

    /** Whether less of it is in use than of another. */
    boolean isLessLoaded(Seat other) {
        long own = load.inFlight();
        long others = other.load.inFlight();
        return places > 0 && other.places > 0 ? own * other.places <= others * places : own <= others;
    }
}
