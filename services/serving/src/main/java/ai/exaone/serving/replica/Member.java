package ai.exaone.serving.replica;

import ai.exaone.serving.engine.EngineProfile;
import ai.exaone.serving.launcher.Engine;
import java.time.Instant;
import java.util.Optional;

/**
 * What the {@link Fleet} holds in one slot: a replica, and the engine behind it unless that is gone or could not be started. Only
 * the fleet's one thread changes it.
 */
final class Member {
    private final EngineProfile profile;
    private final Optional<Engine> engine;
    private Replica replica;
    private Instant nextLook;
    private boolean looking;
    private boolean known;
    private int silences;
    private boolean takingLeave;
    private boolean finished;

    Member(Replica replica, EngineProfile profile, Optional<Engine> engine) {
        this.replica = replica;
        this.profile = profile;
        this.engine = engine;
        this.nextLook = replica.since();
    }

    Replica replica() {
        return replica;
    }

    void become(Replica next) {
        replica = next;
    }

    EngineProfile profile() {
        return profile;
    }

    Optional<Engine> engine() {
        return engine;
    }

    /** Whether it is time to ask it how it is; if so, that is being done from now on. */
    boolean startLooking(Instant now) {
        boolean due = engine.isPresent() && !looking && !now.isBefore(nextLook);
        looking = looking || due;
        return due;
    }

    void looked(Instant nextTime) {
        looking = false;
        nextLook = nextTime;
    }

    /** Notes that a look told how it is. */
    void show() {
        known = true;
    }

    /** Whether a look told how it is, or there is nobody to look at. */
    boolean known() {
        return known || engine.isEmpty();
    }

    /** Counts how often in a row it said nothing. */
    int silence() {
        return ++silences;
    }

    void spoke() {
        silences = 0;
    }

    /** Whether it begins to take leave now, having left the routes. */
    boolean startTakingLeave() {
        boolean starts = replica.state() == ReplicaState.LEAVING && !takingLeave;
        takingLeave = takingLeave || starts;
        return starts;
    }

    boolean finished() {
        return finished;
    }

    void finish() {
        finished = true;
    }
}
