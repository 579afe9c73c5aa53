package ai.exaone.serving.replica;

import ai.exaone.serving.deployment.Deployment;
import ai.exaone.serving.model.Model;
import ai.exaone.serving.published.PublishedLog;
import ai.exaone.serving.route.ReadyReplica;
import ai.exaone.serving.route.RouteMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells those who follow what changed: gateways the routes, people the deployments. For one thread. */
public final class Publisher {
    private static final Duration PRUNE_EVERY = Duration.ofHours(1);
    private static final long KEPT_CHANGES = 10_000;

    private final RouteMessages routes;
    private final PublishedLog routeLog;
    private final PublishedLog deploymentLog;
    private final Runnable routesChanged;
    private final Runnable deploymentsChanged;
    private Map<String, byte[]> publishedRoutes = Map.of();
    private Map<String, byte[]> publishedDeployments = Map.of();
    private long routeRevision = -1;
    private boolean deploymentsKnown;
    private Instant nextPruning = Instant.MIN;

    /**
     * @param routesChanged told when the log of routes has a new change
     * @param deploymentsChanged told when the log of deployments has a new change
     */
    public Publisher(
            RouteMessages routes,
            PublishedLog routeLog,
            PublishedLog deploymentLog,
            Runnable routesChanged,
            Runnable deploymentsChanged) {
        this.routes = routes;
        this.routeLog = routeLog;
        this.deploymentLog = deploymentLog;
        this.routesChanged = routesChanged;
        this.deploymentsChanged = deploymentsChanged;
    }

    /**
     * Publishes what differs from what was published before.
     *
     * @return the revision of the log of routes in which these routes hold
     */
    long publish(Map<String, Model> models, List<Deployment> deployments, Collection<Member> members) {
        Map<String, byte[]> newRoutes = routes.entries(models, deployments, ready(members));
        if (routeRevision < 0 || differ(publishedRoutes, newRoutes)) {
            routeRevision = routeLog.publish(newRoutes);
            publishedRoutes = newRoutes;
            routesChanged.run();
        }
        Map<String, byte[]> newDeployments = new TreeMap<>();
        for (Deployment deployment : deployments) {
            newDeployments.put(deployment.id().value(), ReplicaMessages.entry(deployment, members));
        }
        if (!deploymentsKnown || differ(publishedDeployments, newDeployments)) {
            deploymentLog.publish(newDeployments);
            publishedDeployments = newDeployments;
            deploymentsKnown = true;
            deploymentsChanged.run();
        }
        return routeRevision;
    }

    /** Forgets old changes of both logs from time to time: who asks for them begins again with the whole state. */
    void prune(Instant now) {
        if (now.isAfter(nextPruning)) {
            nextPruning = now.plus(PRUNE_EVERY);
            routeLog.prune(KEPT_CHANGES);
            deploymentLog.prune(KEPT_CHANGES);
        }
    }

    private static List<ReadyReplica> ready(Collection<Member> members) {
        return members.stream()
                .filter(member -> member.replica().state() == ReplicaState.READY)
                .flatMap(member -> member.engine().stream()
                        .map(engine -> new ReadyReplica(
                                member.replica().id(),
                                member.replica().slot().deployment(),
                                engine.url(),
                                engine.key(),
                                engine.engineModel())))
                .toList();
    }

    private static boolean differ(Map<String, byte[]> before, Map<String, byte[]> after) {
        return !before.keySet().equals(after.keySet())
                || after.entrySet().stream()
                        .anyMatch(entry -> !Arrays.equals(before.get(entry.getKey()), entry.getValue()));
    }
}
