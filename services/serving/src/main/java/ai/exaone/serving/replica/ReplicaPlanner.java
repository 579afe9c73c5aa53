package ai.exaone.serving.replica;

import ai.exaone.serving.deployment.DeploymentId;
import ai.exaone.serving.deployment.ReplicaId;
import ai.exaone.serving.deployment.ReplicaSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Names the steps from what is towards what is asked for. Pure: the same input has the same steps, and nothing is done here.
 *
 * <p>There is never more than one engine in a slot, and no engine that is routed to ends before it left the routes.
 */
public final class ReplicaPlanner {
    private final Patience patience;

    public ReplicaPlanner(Patience patience) {
        this.patience = patience;
    }

    /**
     * The next steps, at most one for a slot.
     *
     * @param wishes of all deployments
     * @param replicas all engines, at most one in a slot
     * @param finished those that left the routes and have nothing more to answer
     */
    public List<Step> plan(List<Wish> wishes, List<Replica> replicas, Set<ReplicaId> finished, Instant now) {
        Map<DeploymentId, Wish> byDeployment = wishes.stream()
                .collect(Collectors.toMap(wish -> wish.deployment().id(), Function.identity()));
        List<Step> steps = new ArrayList<>();
        for (Replica replica : replicas) {
            Optional<Wish> wish = Optional.ofNullable(
                            byDeployment.get(replica.slot().deployment()))
                    .filter(each -> replica.slot().index() < each.wanted());
            step(replica, wish, finished, now).ifPresent(steps::add);
        }
        Set<ReplicaSlot> taken = replicas.stream().map(Replica::slot).collect(Collectors.toSet());
        for (Wish wish : wishes) {
            for (int index = 0; index < wish.wanted(); index++) {
                var slot = new ReplicaSlot(wish.deployment().id(), index);
                if (!taken.contains(slot)) {
                    steps.add(new Step.Start(wish, slot));
                }
            }
        }
        return steps;
    }

    private Optional<Step> step(Replica replica, Optional<Wish> slotWish, Set<ReplicaId> finished, Instant now) {
        Optional<Wish> wish = slotWish.filter(each -> each.covers(replica));
        return switch (replica.state()) {
            case STARTING ->
                wish.isEmpty() ? Optional.of(new Step.End(replica)) : startingTooLong(replica, wish.get(), now);
            case READY -> wish.isEmpty() ? Optional.of(new Step.Leave(replica)) : Optional.empty();
            case UNHEALTHY ->
                wish.isEmpty() ? Optional.of(new Step.End(replica)) : silentTooLong(replica, wish.get(), now);
            case LEAVING ->
                finished.contains(replica.id()) || past(replica, patience.leaving(), now)
                        ? Optional.of(new Step.End(replica))
                        : Optional.empty();
            case ENDING, FAILING ->
                past(replica, patience.ending(), now) ? Optional.of(new Step.Kill(replica)) : Optional.empty();
            case BACKING_OFF -> backingOff(replica, slotWish, now);
        };
    }

    private static Optional<Step> startingTooLong(Replica replica, Wish wish, Instant now) {
        return wish.startTimeout()
                .filter(timeout -> past(replica, timeout, now))
                .map(timeout ->
                        new Step.Fail(replica, "It did not answer within " + timeout.toSeconds() + " s of its start."));
    }

    private Optional<Step> silentTooLong(Replica replica, Wish wish, Instant now) {
        return wish.startTimeout()
                .filter(process -> past(replica, patience.silence(), now))
                .map(process -> new Step.Fail(replica, replica.detail()));
    }

    /** An engine that failed may be replaced by one that is made otherwise. */
    private static Optional<Step> backingOff(Replica replica, Optional<Wish> wish, Instant now) {
        if (wish.isEmpty()) {
            return Optional.of(new Step.Forget(replica));
        }
        return now.isBefore(replica.retryAt())
                ? Optional.empty()
                : Optional.of(new Step.StartAgain(wish.get(), replica));
    }

    private static boolean past(Replica replica, Duration limit, Instant now) {
        return !now.isBefore(replica.since().plus(limit));
    }
}
