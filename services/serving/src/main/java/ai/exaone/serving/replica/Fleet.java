package ai.exaone.serving.replica;

import ai.exaone.ids.IdGenerator;
import ai.exaone.serving.deployment.Deployment;
import ai.exaone.serving.deployment.DeploymentId;
import ai.exaone.serving.deployment.Launch;
import ai.exaone.serving.deployment.ReplicaId;
import ai.exaone.serving.deployment.ReplicaSlot;
import ai.exaone.serving.engine.EngineProfile;
import ai.exaone.serving.engine.EngineProfiles;
import ai.exaone.serving.engine.LaunchTemplate;
import ai.exaone.serving.health.Health;
import ai.exaone.serving.launcher.Engine;
import ai.exaone.serving.launcher.FoundEngine;
import ai.exaone.serving.launcher.LaunchException;
import ai.exaone.serving.launcher.Launchers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All engines of this installation: carries out steps on them and takes in what happens to them. For one thread. */
public final class Fleet {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration STRAYS_END_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK_AT_STARTING_EVERY = Duration.ofMillis(200);
    /** An engine may be too busy to answer once. */
    private static final int SILENCES_OF_THE_UNHEALTHY = 3;

    private final Launchers launchers;
    private final EngineProfiles profiles;
    private final IdGenerator ids;
    private final Inbox inbox;
    /** Engines of a former life in which no deployment has a part, and when they are killed. */
    private final Map<Engine, Instant> strays = new HashMap<>();

    private final Map<ReplicaSlot, Member> members = new TreeMap<>(ReplicaSlot.ORDER);

    /**
     * @param inbox told when an engine is gone
     */
    public Fleet(Launchers launchers, EngineProfiles profiles, IdGenerator ids, Inbox inbox) {
        this.launchers = launchers;
        this.profiles = profiles;
        this.ids = ids;
        this.inbox = inbox;
    }

    /**
     * Takes over this machine's engines: those of a former life are taken in, each in its slot, and count as starting until they
     * were asked how they are.
     *
     * @return whether it did; otherwise another process has them still
     */
    boolean takeOver(Map<DeploymentId, Deployment> deployments, Instant now) throws IOException {
        if (!launchers.claim()) {
            return false;
        }
        for (FoundEngine found : launchers.findAll()) {
            Optional<EngineProfile> profile = Optional.ofNullable(
                            deployments.get(found.slot().deployment()))
                    .flatMap(deployment -> profiles.find(deployment.engineProfile()));
            if (profile.isEmpty() || members.containsKey(found.slot())) {
                found.engine().end();
                strays.put(found.engine(), now.plus(STRAYS_END_WITHIN));
            } else {
                Replica replica = Replica.started(found.replica(), found.slot(), found.digest(), now);
                put(new Member(replica, profile.get(), Optional.of(found.engine())));
            }
        }
        return true;
    }

    /** What is asked of a deployment's engines. */
    Wish wish(Deployment deployment, int modelContextTokens) {
        EngineProfile profile = profiles.require(deployment.engineProfile());
        List<String> digests = new ArrayList<>();
        for (int index = 0; index < deployment.wanted(); index++) {
            digests.add(launchers.digest(deployment, profile, modelContextTokens, index));
        }
        Optional<Duration> startTimeout = switch (deployment.launch()) {
            case Launch.OnThisMachine local -> profile.launchTemplate().map(LaunchTemplate::startTimeout);
            case Launch.Elsewhere elsewhere -> Optional.empty();
        };
        return new Wish(deployment, modelContextTokens, digests, startTimeout);
    }

    /** Lets this machine's engines go. */
    void letGo() throws IOException {
        launchers.close();
    }

    Collection<Member> members() {
        return members.values();
    }

    List<Replica> replicas() {
        return members.values().stream().map(Member::replica).toList();
    }

    /** Those that left the routes and have nothing more to answer. */
    Set<ReplicaId> finished() {
        return members.values().stream()
                .filter(Member::finished)
                .map(member -> member.replica().id())
                .collect(Collectors.toSet());
    }

    Optional<Member> find(ReplicaId id) {
        return members.values().stream()
                .filter(member -> member.replica().id().equals(id))
                .findAny();
    }

    /** Takes in how an engine was found to be. */
    void looked(ReplicaId id, Health health, Instant now) {
        find(id).ifPresent(member -> {
            boolean starting = member.replica().state() == ReplicaState.STARTING;
            member.looked(now.plus(starting ? LOOK_AT_STARTING_EVERY : LOOK_EVERY));
            switch (health) {
                case Health.Healthy() -> {
                    member.spoke();
                    member.show();
                    become(member, member.replica().answered(now));
                }
                case Health.Unhealthy(String reason) -> {
                    member.show();
                    become(member, member.replica().silent(now, reason));
                }
                case Health.Silent(String reason) -> {
                    if (member.silence() >= SILENCES_OF_THE_UNHEALTHY) {
                        member.show();
                        become(member, member.replica().silent(now, reason));
                    }
                }
            }
        });
    }

    /** Takes in that engines are gone. */
    void bury(Instant now) {
        strays.keySet().removeIf(stray -> !stray.alive());
        strays.forEach((stray, deadline) -> {
            if (now.isAfter(deadline)) {
                stray.kill();
            }
        });
        for (Member member : List.copyOf(members.values())) {
            member.engine().filter(engine -> !engine.alive()).ifPresent(engine -> {
                Optional<Replica> after = member.replica().exited(now, engine.lastWords());
                if (after.isEmpty()) {
                    members.remove(member.replica().slot());
                } else {
                    LOG.warn(
                            "Replica {} is gone while {}: {}",
                            member.replica().id(),
                            member.replica().state(),
                            engine.lastWords());
                    members.put(member.replica().slot(), new Member(after.get(), member.profile(), Optional.empty()));
                }
            });
        }
    }

    /** Carries out one step. */
    void carryOut(Step step, Instant now) {
        switch (step) {
            case Step.Start(Wish wish, ReplicaSlot slot) -> {
                String digest = wish.launchDigests().get(slot.index());
                launch(Replica.started(newId(), slot, digest, now), wish, now);
            }
            case Step.StartAgain(Wish wish, Replica failed) -> {
                String digest = wish.launchDigests().get(failed.slot().index());
                launch(failed.startedAgain(newId(), digest, now), wish, now);
            }
            case Step.Leave(Replica replica) -> with(replica, member -> become(member, replica.leaving(now)));
            case Step.End(Replica replica) ->
                with(replica, member -> {
                    become(member, replica.ending(now));
                    member.engine().ifPresent(Engine::end);
                });
            case Step.Fail(Replica replica, String reason) ->
                with(replica, member -> {
                    become(member, replica.failing(now, reason));
                    member.engine().ifPresent(Engine::end);
                });
            case Step.Kill(Replica replica) ->
                with(replica, member -> member.engine().ifPresent(Engine::kill));
            case Step.Forget(Replica replica) -> members.remove(replica.slot());
        }
    }

    private void launch(Replica replica, Wish wish, Instant now) {
        Deployment deployment = wish.deployment();
        EngineProfile profile = profiles.require(deployment.engineProfile());
        try {
            Engine engine = launchers.launch(
                    replica.id(),
                    replica.slot(),
                    deployment,
                    profile,
                    wish.modelContextTokens(),
                    replica.launchDigest());
            put(new Member(replica, profile, Optional.of(engine)));
        } catch (LaunchException failure) {
            LOG.warn("A replica of {} could not be started", deployment.model(), failure);
            replica.exited(now, failure.reason())
                    .ifPresent(failed -> put(new Member(failed, profile, Optional.empty())));
        }
    }

    private void put(Member member) {
        members.put(member.replica().slot(), member);
        member.engine().ifPresent(engine -> engine.gone().thenRun(inbox::nudge));
    }

    private void with(Replica replica, Consumer<Member> action) {
        find(replica.id()).ifPresent(action);
    }

    private static void become(Member member, Replica next) {
        Replica before = member.replica();
        if (before.state() != next.state()) {
            LOG.info("Replica {} is {} now, was {} {}", next.id(), next.state(), before.state(), next.detail());
        }
        member.become(next);
    }

    private ReplicaId newId() {
        return new ReplicaId(ids.next(ReplicaId.PREFIX));
    }

    /** The members that live on this machine. */
    List<Member> processes() {
        return members.values().stream()
                .filter(member ->
                        member.engine().filter(engine -> engine.pid() != 0).isPresent())
                .toList();
    }

    /** All engines that live on this machine, wanted or not. */
    List<Engine> engineProcesses() {
        return Stream.concat(strays.keySet().stream(), processes().stream().flatMap(member -> member.engine().stream()))
                .toList();
    }
}
