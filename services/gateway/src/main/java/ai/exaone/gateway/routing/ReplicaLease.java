package ai.exaone.gateway.routing;

/** One attempt at one replica. For one thread; closing twice counts once. */
public final class ReplicaLease implements AutoCloseable {
    private final Replica replica;
    private final ReplicaLoad load;
    private final Router router;
    private boolean closed;

    ReplicaLease(Replica replica, ReplicaLoad load, Router router) {
        this.replica = replica;
        this.load = load;
        this.router = router;
        load.enter();
    }

    public Replica replica() {
        return replica;
    }

    /** The replica answers. */
    public void answered() {
        load.answered();
    }

    /** The replica could not be reached, or broke off before it answered: it is left alone for a while. */
    public void failed() {
        router.eject(load);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            load.leave();
        }
    }
}
