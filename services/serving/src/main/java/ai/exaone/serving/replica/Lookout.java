package ai.exaone.serving.replica;

import ai.exaone.serving.deployment.ReplicaId;
import ai.exaone.serving.engine.EngineProfile;
import ai.exaone.serving.health.EngineProbe;
import ai.exaone.serving.launcher.Engine;
import java.time.Duration;
import java.time.Instant;

/** Watches engines in threads of its own and tells the inbox what it sees. Thread-safe. */
public final class Lookout {
    /** Waits until the gateways that are connected have seen a revision of the routes. */
    @FunctionalInterface
    public interface Audience {
        void awaitSeen(long routeRevision, Duration longest);
    }

    private static final Duration LONGEST_WAIT_FOR_GATEWAYS = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final int IDLE_LOOKS = 2;

    private final EngineProbe probe;
    private final Audience audience;
    private final Inbox inbox;

    public Lookout(EngineProbe probe, Audience audience, Inbox inbox) {
        this.probe = probe;
        this.audience = audience;
        this.inbox = inbox;
    }

    /** Asks those whose time has come how they are. */
    void lookAt(Iterable<Member> members, Instant now) {
        for (Member member : members) {
            if (member.startLooking(now)) {
                ReplicaId id = member.replica().id();
                EngineProfile profile = member.profile();
                Engine engine = member.engine().orElseThrow();
                Thread.ofVirtual()
                        .name("look-at-" + id)
                        .start(() -> inbox.tell(new News.Looked(id, probe.health(engine, profile))));
            }
        }
    }

    /**
     * Waits for those that have left the routes until no gateway sends them more and they have answered all.
     *
     * @param routeRevision the revision of the routes without them
     */
    void takeLeaveOf(Iterable<Member> members, long routeRevision) {
        for (Member member : members) {
            if (member.startTakingLeave()) {
                ReplicaId id = member.replica().id();
                EngineProfile profile = member.profile();
                Engine engine = member.engine().orElseThrow();
                Thread.ofVirtual().name("leave-of-" + id).start(() -> {
                    awaitIdle(engine, profile, routeRevision);
                    inbox.tell(new News.Finished(id));
                });
            }
        }
    }

    /** A request may be on its way from a gateway that has just acknowledged: an engine is idle when it is so twice. */
    private void awaitIdle(Engine engine, EngineProfile profile, long routeRevision) {
        audience.awaitSeen(routeRevision, LONGEST_WAIT_FOR_GATEWAYS);
        try {
            int idle = 0;
            while (engine.alive() && idle < IDLE_LOOKS) {
                Thread.sleep(LOOK_AGAIN);
                idle = probe.busy(engine, profile) ? 0 : idle + 1;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
