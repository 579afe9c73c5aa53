package ai.exaone.gateway.routing;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.queue.Priority;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * A call that wants a place at a replica. What it says does not change while it waits. It is told once what came of it: at once, by whoever
 * asks for the place, or later on its own executor.
 */
public interface PlaceSeeker {
    /** Whose share the place is. */
    String tenantId();

    Priority priority();

    /** What it comes to, in tokens of output; it is compared with other calls of the model only. */
    long tokens();

    /** Ids of replicas that it has tried already. Whoever has tried one goes before those of its line that have not. */
    Set<String> tried();

    /** How long it can wait at the most. */
    Duration patience();

    /** Where it is told what it waited for. */
    Executor executor();

    /** It has a place, which it is to give back. */
    void placed(ReplicaLease lease);

    /** Every replica was tried, or there is none. */
    void noReplica();

    /** There is no place for it within bounds. */
    void refused(PlatformException reason);
}
