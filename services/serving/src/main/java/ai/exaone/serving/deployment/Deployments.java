package ai.exaone.serving.deployment;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.serving.engine.EngineProfile;
import ai.exaone.serving.engine.EngineProfiles;
import ai.exaone.serving.engine.LaunchTemplate;
import ai.exaone.serving.model.Model;
import ai.exaone.serving.model.ModelError;
import ai.exaone.serving.model.ModelStore;
import ai.exaone.store.creation.CreationRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What is asked for. Answers at once; the reconciler makes it so. Thread-safe. */
public final class Deployments {
    private final DeploymentStore store;
    private final ModelStore models;
    private final EngineProfiles profiles;
    private final IdGenerator ids;
    private final Clock clock;
    private final Runnable changed;

    /**
     * @param changed told after every change, so that it is made so at once
     */
    public Deployments(
            DeploymentStore store,
            ModelStore models,
            EngineProfiles profiles,
            IdGenerator ids,
            Clock clock,
            Runnable changed) {
        this.store = store;
        this.models = models;
        this.profiles = profiles;
        this.ids = ids;
        this.clock = clock;
        this.changed = changed;
    }

    /**
     * Asks that a model is served.
     *
     * @param replicas 0 for one, or for one a URL
     * @throws PlatformException INVALID_REQUEST, MODEL_NOT_FOUND, DEPLOYMENT_PROFILE_DIFFERS, REQUEST_ID_REUSED
     */
    public Deployment create(
            String modelName, String profileName, Launch launch, int replicas, Optional<CreationRequest> request) {
        EngineProfile profile = profiles.find(profileName)
                .orElseThrow(
                        () -> invalid("deployment.engine_profile", "names no engine profile of this installation"));
        Model model = models.findByName(modelName)
                .orElseThrow(() -> new PlatformException(
                        ModelError.MODEL_NOT_FOUND, "There is no model " + modelName + " in the catalogue."));
        Launch checked = switch (launch) {
            case Launch.OnThisMachine local -> checked(local, model, profile);
            case Launch.Elsewhere elsewhere -> checked(elsewhere, replicas);
        };
        int count = switch (checked) {
            case Launch.OnThisMachine local -> Math.max(1, replicas);
            case Launch.Elsewhere elsewhere -> elsewhere.urls().size();
        };
        Deployment made = store.insert(
                new Deployment(
                        new DeploymentId(ids.next(DeploymentId.PREFIX)),
                        modelName,
                        profileName,
                        checked,
                        count,
                        DesiredState.RUNNING,
                        clock.instant()),
                request);
        changed.run();
        return made;
    }

    /**
     * One deployment.
     *
     * @throws PlatformException DEPLOYMENT_NOT_FOUND
     */
    public Deployment get(DeploymentId id) {
        return store.find(id)
                .orElseThrow(() ->
                        new PlatformException(DeploymentError.DEPLOYMENT_NOT_FOUND, "There is no such deployment."));
    }

    /** All deployments, by model and then by id. */
    public List<Deployment> all() {
        return store.all();
    }

    /**
     * Asks for another number of engines.
     *
     * @throws PlatformException INVALID_REQUEST, DEPLOYMENT_NOT_FOUND
     */
    public Deployment resize(DeploymentId id, int replicas) {
        if (replicas < 1) {
            throw invalid("deployment.replicas", "is at least 1: a deployment is stopped by StopDeployment");
        }
        return change(store.update(id, "deployment.update", deployment -> switch (deployment.launch()) {
            case Launch.OnThisMachine local -> deployment.withReplicas(replicas);
            case Launch.Elsewhere elsewhere -> {
                requireOneForEach(elsewhere.urls(), replicas);
                yield deployment;
            }
        }));
    }

    /**
     * Asks that a deployment runs.
     *
     * @throws PlatformException DEPLOYMENT_NOT_FOUND
     */
    public Deployment start(DeploymentId id) {
        return change(store.update(id, "deployment.start", deployment -> deployment.withDesired(DesiredState.RUNNING)));
    }

    /**
     * Asks that a deployment stops.
     *
     * @throws PlatformException DEPLOYMENT_NOT_FOUND
     */
    public Deployment stop(DeploymentId id) {
        return change(store.update(id, "deployment.stop", deployment -> deployment.withDesired(DesiredState.STOPPED)));
    }

    /**
     * Removes a stopped deployment.
     *
     * @throws PlatformException DEPLOYMENT_NOT_FOUND, DEPLOYMENT_RUNNING
     */
    public void delete(DeploymentId id) {
        store.delete(id);
        changed.run();
    }

    private Deployment change(Deployment after) {
        changed.run();
        return after;
    }

    private static Launch checked(Launch.OnThisMachine local, Model model, EngineProfile profile) {
        LaunchTemplate template = profile.launchTemplate()
                .orElseThrow(() -> invalid(
                        "deployment.process",
                        "cannot be: engines of " + profile.displayName() + " are not launched here"));
        if (local.modelPath().isEmpty() && !template.builtInModel().equals(model.name())) {
            throw invalid(
                    "deployment.process.model_path",
                    "is missing: only " + template.builtInModel() + " comes with " + profile.displayName());
        }
        if (!local.modelPath().isEmpty()) {
            if (!template.takesModelPath()) {
                throw invalid("deployment.process.model_path", "is not taken by " + profile.displayName());
            }
            Path file = Path.of(local.modelPath());
            if (!file.isAbsolute() || !Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw invalid(
                        "deployment.process.model_path",
                        "is not the absolute path of a file that can be read on this machine");
            }
        }
        int most = model.about().contextTokens();
        if (most > 0 && local.contextTokens() > most) {
            throw invalid("deployment.process.context_tokens", "is more than the model's context of " + most);
        }
        return local;
    }

    private static Launch checked(Launch.Elsewhere elsewhere, int replicas) {
        List<String> roots = elsewhere.urls().stream().map(Deployments::root).toList();
        if (replicas != 0) {
            requireOneForEach(roots, replicas);
        }
        return new Launch.Elsewhere(roots, elsewhere.engineModel(), elsewhere.key(), elsewhere.concurrentRequests());
    }

    /** The root of an engine's URL, however its owner writes it. */
    public static String root(String url) {
        URI uri = URI.create(url);
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http
                || uri.getHost() == null
                || uri.getUserInfo() != null
                || uri.getQuery() != null
                || uri.getFragment() != null) {
            throw invalid(
                    "deployment.external.urls",
                    "are http or https URLs of a host, without credentials, query or fragment");
        }
        String trimmed = url.replaceAll("/+$", "");
        return trimmed.endsWith("/v1") ? trimmed.substring(0, trimmed.length() - "/v1".length()) : trimmed;
    }

    private static void requireOneForEach(List<String> urls, int replicas) {
        if (replicas != urls.size()) {
            throw invalid("deployment.replicas", "is one for each URL of an external deployment, here " + urls.size());
        }
    }

    private static PlatformException invalid(String field, String description) {
        return PlatformException.because(PlatformError.INVALID_REQUEST, "The deployment cannot be as requested.")
                .violation(field, description)
                .build();
    }
}
