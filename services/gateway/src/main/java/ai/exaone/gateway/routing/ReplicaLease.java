package ai.exaone.gateway.routing;

import ai.exaone.gateway.queue.Line;
import org.jspecify.annotations.Nullable;

/** One attempt at one replica. For one thread; closing twice counts once. */
public final class ReplicaLease implements AutoCloseable {
    private final ModelPlaces places;
    private final Replica replica;
    private final ReplicaLoad load;
    /** Whose place it is; null where places are not counted. */
    private final @Nullable Line<Ticket> line;

    private final long tokens;
    private final long begunAt;
    private final double expected;
    private boolean answered;
    private boolean closed;

    ReplicaLease(
            ModelPlaces places, Seat seat, @Nullable Line<Ticket> line, long tokens, long begunAt, double expected) {
        this.places = places;
        this.replica = seat.replica();
        this.load = seat.load();
        this.line = line;
        this.tokens = tokens;
        this.begunAt = begunAt;
        this.expected = expected;
    }

    public Replica replica() {
        return replica;
    }

    /** The replica answers. */
    public void answered() {
        answered = true;
        load.answered();
    }

    /** The replica could not be reached, or broke off before it answered: it is left alone for a while. */
    public void failed() {
        places.eject(load);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            places.leave(this);
        }
    }

    ReplicaLoad load() {
        return load;
    }

    @Nullable
    Line<Ticket> line() {
        return line;
    }

    long tokens() {
        return tokens;
    }

    long begunAt() {
        return begunAt;
    }

    double expected() {
        return expected;
    }

    boolean wasAnswered() {
        return answered;
    }
}
