package ai.exaone.serving.replica;

import ai.exaone.errors.PlatformException;
import ai.exaone.serving.deployment.Deployment;
import ai.exaone.serving.deployment.DeploymentId;
import ai.exaone.serving.deployment.DeploymentStore;
import ai.exaone.serving.engine.EngineProfiles;
import ai.exaone.serving.model.Model;
import ai.exaone.serving.model.ModelStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked for, as it was read last. With the database away that stays in force. For one thread. */
public final class Desires {
    private static final Logger LOG = LoggerFactory.getLogger(Desires.class);
    private static final Duration READ_EVERY = Duration.ofSeconds(1);

    /**
     * What is asked for.
     *
     * @param models the catalogue, by name
     * @param deployments by model and then by id
     */
    record Desired(Map<String, Model> models, List<Deployment> deployments) {}

    private final DeploymentStore deployments;
    private final ModelStore models;
    private final EngineProfiles profiles;
    private final Set<DeploymentId> unknown = new HashSet<>();
    private Optional<Desired> known = Optional.empty();
    private Instant readAt = Instant.MIN;
    private boolean failing;

    public Desires(DeploymentStore deployments, ModelStore models, EngineProfiles profiles) {
        this.deployments = deployments;
        this.models = models;
        this.profiles = profiles;
    }

    /** Says that what was read last may be outdated. */
    void outdate() {
        readAt = Instant.MIN;
    }

    /** What is asked for; empty while it could never be read. */
    Optional<Desired> read(Instant now) {
        if (readAt.isBefore(now.minus(READ_EVERY))) {
            readAt = now;
            try {
                known = Optional.of(new Desired(
                        models.all().stream().collect(Collectors.toMap(Model::name, Function.identity())),
                        deployments.all().stream().filter(this::known).toList()));
                failing = false;
            } catch (PlatformException failure) {
                if (!failing) {
                    LOG.warn("What is asked for cannot be read; what was read last stays in force", failure);
                }
                failing = true;
            }
        }
        return known;
    }

    /** A deployment that another release made may name a profile that this one does not have: it rests until there is one. */
    private boolean known(Deployment deployment) {
        boolean found = profiles.find(deployment.engineProfile()).isPresent();
        if (!found && unknown.add(deployment.id())) {
            LOG.warn("Deployment {} rests: there is no engine profile {}", deployment.id(), deployment.engineProfile());
        }
        return found;
    }
}
