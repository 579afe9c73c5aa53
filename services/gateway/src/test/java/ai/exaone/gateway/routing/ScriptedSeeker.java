package ai.exaone.gateway.routing;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.queue.Priority;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** A call that wants a place, and notes what it is told. */
final class ScriptedSeeker implements PlaceSeeker {
    private final String tenantId;
    private final Priority priority;
    private final Set<String> tried;
    private Optional<ReplicaLease> lease = Optional.empty();
    private Optional<PlatformException> refusal = Optional.empty();
    private boolean withoutReplica;

    ScriptedSeeker(String tenantId, Priority priority, Set<String> tried) {
        this.tenantId = tenantId;
        this.priority = priority;
        this.tried = tried;
    }

    static ScriptedSeeker of(String tenantId) {
        return new ScriptedSeeker(tenantId, Priority.INTERACTIVE, Set.of());
    }

    boolean isPlaced() {
        return lease.isPresent();
    }

    ReplicaLease lease() {
        return lease.orElseThrow();
    }

    Optional<PlatformException> refusal() {
        return refusal;
    }

    boolean isWithoutReplica() {
        return withoutReplica;
    }

    /** Answered, and over. */
    void end() {
        lease().answered();
        lease().close();
    }

    @Override
    public String tenantId() {
        return tenantId;
    }

    @Override
    public Priority priority() {
        return priority;
    }

    @Override
    public long tokens() {
        return 1;
    }

    @Override
    public Set<String> tried() {
        return tried;
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Executor executor() {
        return Runnable::run;
    }

    @Override
    public void placed(ReplicaLease newLease) {
        lease = Optional.of(newLease);
    }

    @Override
    public void noReplica() {
        withoutReplica = true;
    }

    @Override
    public void refused(PlatformException reason) {
        refusal = Optional.of(reason);
    }
}
