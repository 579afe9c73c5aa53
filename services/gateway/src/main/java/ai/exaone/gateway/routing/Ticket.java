package ai.exaone.gateway.routing;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.queue.Line;
import java.util.concurrent.RejectedExecutionException;

/** A call that waits, in its line. What becomes of it is decided under the lock of its model, and told outside of it. */
final class Ticket implements Waiting {
    private final ModelPlaces places;
    private final PlaceSeeker seeker;
    private final Line<Ticket> line;
    private final long since;
    private final long until;

    Ticket(ModelPlaces places, PlaceSeeker seeker, Line<Ticket> line, long since, long until) {
        this.places = places;
        this.seeker = seeker;
        this.line = line;
        this.since = since;
        this.until = until;
    }

    PlaceSeeker seeker() {
        return seeker;
    }

    Line<Ticket> line() {
        return line;
    }

    long since() {
        return since;
    }

    boolean isOver(long now) {
        return now - until >= 0;
    }

    @Override
    public void leave() {
        places.leave(this);
    }

    void placed(ReplicaLease lease) {
        try {
            seeker.executor().execute(() -> seeker.placed(lease));
        } catch (RejectedExecutionException stopped) {
            // Its loop is gone, and the call with it: the next one may have the place.
            lease.close();
        }
    }

    void refused(PlatformException reason) {
        tell(() -> seeker.refused(reason));
    }

    void noReplica() {
        tell(seeker::noReplica);
    }

    private void tell(Runnable news) {
        try {
            seeker.executor().execute(news);
        } catch (RejectedExecutionException stopped) {
            // Its loop is gone, and the call with it: there is nobody to tell.
            return;
        }
    }
}
