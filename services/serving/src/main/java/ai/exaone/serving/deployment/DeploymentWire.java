package ai.exaone.serving.deployment;

import ai.exaone.proto.serving.v1.WatchDeploymentsResponse;
import ai.exaone.serving.published.PublishedLog;
import ai.exaone.store.Change;
import ai.exaone.store.ChangeLog;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is known of deployments and their engines, as the reconciler published it. Thread-safe. */
public final class DeploymentWire {
    /** The log's name. Its keys are deployments' ids, its values deployments on the wire, without a revision. */
    public static final String LOG = "deployments";

    private static final int BATCH = 200;

    private final PublishedLog log;

    public DeploymentWire(PublishedLog log) {
        this.log = log;
    }

    /** A deployment on the wire: what is asked for by now, and what is known of its engines. */
    public ai.exaone.proto.serving.v1.Deployment view(Deployment deployment) {
        return views(List.of(deployment)).getFirst();
    }

    /** The same for several. */
    public List<ai.exaone.proto.serving.v1.Deployment> views(List<Deployment> deployments) {
        Map<String, ai.exaone.proto.serving.v1.Deployment> known = new HashMap<>();
        for (PublishedLog.Published entry : log.snapshot().entries()) {
            known.put(entry.key(), parsed(entry.payload(), entry.revision()));
        }
        return deployments.stream()
                .map(deployment -> {
                    var view = known.getOrDefault(
                            deployment.id().value(), ai.exaone.proto.serving.v1.Deployment.getDefaultInstance());
                    return DeploymentMessages.message(deployment, view.getReplicaStatesList()).toBuilder()
                            .setRevision(view.getRevision())
                            .build();
                })
                .toList();
    }

    /**
     * What a watcher is told at once.
     *
     * @param position from where it goes on
     */
    record Batch(List<WatchDeploymentsResponse> events, long position) {}

    /** All deployments, each as one event, by revision. */
    Batch all() {
        PublishedLog.Snapshot snapshot = log.snapshot();
        return new Batch(
                snapshot.entries().stream()
                        .map(entry -> event(entry.revision(), parsed(entry.payload(), entry.revision())))
                        .toList(),
                snapshot.revision());
    }

    /** The events after a revision; all deployments where that is too long ago. */
    Batch after(long revision) {
        return switch (log.read(revision, BATCH)) {
            case ChangeLog.Reading.StartAgain startAgain -> all();
            case ChangeLog.Reading.Changes(List<Change> changes) ->
                new Batch(
                        changes.stream().map(DeploymentWire::event).toList(),
                        changes.isEmpty() ? revision : changes.getLast().revision());
        };
    }

    private static WatchDeploymentsResponse event(Change change) {
        return switch (change.kind()) {
            case PUT -> event(change.revision(), parsed(change.payload(), change.revision()));
            case DELETE ->
                WatchDeploymentsResponse.newBuilder()
                        .setSequence(change.revision())
                        .setDeletedDeploymentId(change.key())
                        .build();
        };
    }

    private static WatchDeploymentsResponse event(long revision, ai.exaone.proto.serving.v1.Deployment deployment) {
        return WatchDeploymentsResponse.newBuilder()
                .setSequence(revision)
                .setDeployment(deployment)
                .build();
    }

    private static ai.exaone.proto.serving.v1.Deployment parsed(byte[] payload, long revision) {
        try {
            return ai.exaone.proto.serving.v1.Deployment.newBuilder()
                    .mergeFrom(payload)
                    .setRevision(revision)
                    .build();
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("A deployment was published malformed", malformed);
        }
    }
}
