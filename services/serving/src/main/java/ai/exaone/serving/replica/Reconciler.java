package ai.exaone.serving.replica;

import ai.exaone.errors.PlatformException;
import ai.exaone.serving.deployment.Deployment;
import ai.exaone.serving.deployment.DeploymentId;
import ai.exaone.serving.launcher.Engine;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is what is asked for, all the time. One thread has the fleet; what happens elsewhere comes through the inbox.
 * Closing it ends the engines of this machine.
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration ROUND = Duration.ofMillis(200);
    /** How long gateways keep the routes of a former life before those of this one are told, all engines known or not. */
    private static final Duration FIRST_LOOKS = Duration.ofSeconds(20);

    private static final Duration ENDING = Duration.ofSeconds(5);
    private static final Duration KILLING = Duration.ofSeconds(5);

    private final Desires desires;
    private final ReplicaPlanner planner;
    private final Fleet fleet;
    private final Lookout lookout;
    private final Publisher publisher;
    private final Inbox inbox;
    private final Clock clock;
    private final Thread thread;

    private volatile boolean closing;
    private boolean tookOver;
    private boolean publishing;
    private boolean publishingFails;
    private Instant startedAt = Instant.MIN;

    /**
     * @param publisher tells what became of it all
     * @param inbox the one that fleet and lookout tell
     */
    public Reconciler(
            Desires desires,
            ReplicaPlanner planner,
            Fleet fleet,
            Lookout lookout,
            Publisher publisher,
            Inbox inbox,
            Clock clock) {
        this.desires = desires;
        this.planner = planner;
        this.fleet = fleet;
        this.lookout = lookout;
        this.publisher = publisher;
        this.inbox = inbox;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("reconciler").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        startedAt = clock.instant();
        while (!closing) {
            try {
                inbox.await(ROUND).forEach(this::hear);
                round(clock.instant());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException | RuntimeException defect) {
                LOG.error("A round of reconciliation failed; the next comes", defect);
            }
        }
        endAll();
    }

    private void hear(News news) {
        switch (news) {
            case News.Looked looked -> fleet.looked(looked.replica(), looked.health(), clock.instant());
            case News.Finished finished -> fleet.find(finished.replica()).ifPresent(Member::finish);
            case News.Nudge nudge -> desires.outdate();
        }
    }

    private void round(Instant now) throws IOException {
        Optional<Desires.Desired> desired = desires.read(now);
        if (desired.isEmpty() || !takeOver(desired.get(), now)) {
            return;
        }
        fleet.bury(now);
        List<Wish> wishes = desired.get().deployments().stream()
                .map(deployment -> fleet.wish(deployment, contextTokens(desired.get(), deployment)))
                .toList();
        for (Step step : planner.plan(wishes, fleet.replicas(), fleet.finished(), now)) {
            fleet.carryOut(step, now);
        }
        lookout.lookAt(fleet.members(), now);
        publish(desired.get(), now);
    }

    private boolean takeOver(Desires.Desired desired, Instant now) throws IOException {
        if (!tookOver) {
            Map<DeploymentId, Deployment> deployments =
                    desired.deployments().stream().collect(Collectors.toMap(Deployment::id, Function.identity()));
            tookOver = fleet.takeOver(deployments, now);
        }
        return tookOver;
    }

    /**
     * The first routes wait until it is known of every engine how it is, also of one that is too busy to say so at once: those of a former
     * life are true until then.
     */
    private void publish(Desires.Desired desired, Instant now) {
        publishing = publishing
                || fleet.members().stream().allMatch(Member::known)
                || now.isAfter(startedAt.plus(FIRST_LOOKS));
        if (!publishing) {
            return;
        }
        try {
            long revision = publisher.publish(desired.models(), desired.deployments(), fleet.members());
            lookout.takeLeaveOf(fleet.members(), revision);
            publisher.prune(now);
            publishingFails = false;
        } catch (PlatformException failure) {
            if (!publishingFails) {
                LOG.warn("Routes and states cannot be told just now; the next round tries again", failure);
            }
            publishingFails = true;
        }
    }

    private static int contextTokens(Desires.Desired desired, Deployment deployment) {
        return Optional.ofNullable(desired.models().get(deployment.model()))
                .map(model -> model.about().contextTokens())
                .orElse(0);
    }

    @Override
    public void close() {
        closing = true;
        inbox.nudge();
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the engines of this machine. Those elsewhere stay in the routes: gateways need no one here to reach them. */
    private void endAll() {
        Instant now = clock.instant();
        List<Engine> engines = fleet.engineProcesses();
        for (Member member : fleet.processes()) {
            member.become(member.replica().ending(now));
        }
        if (publishing && !engines.isEmpty()) {
            desires.read(now).ifPresent(desired -> publish(desired, now));
        }
        engines.forEach(Engine::end);
        if (!gone(engines, ENDING)) {
            LOG.warn("Engines did not end in time and are killed");
            engines.forEach(Engine::kill);
            gone(engines, KILLING);
        }
        try {
            fleet.letGo();
        } catch (IOException failure) {
            LOG.warn("The run folder is let go by the end of this process only", failure);
        }
    }

    private boolean gone(List<Engine> engines, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (engines.stream().anyMatch(Engine::alive)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(Duration.ofMillis(20));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
