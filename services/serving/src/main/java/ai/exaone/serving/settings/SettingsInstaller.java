package ai.exaone.serving.settings;

import ai.exaone.serving.deployment.Deployment;
import ai.exaone.serving.deployment.DeploymentStore;
import ai.exaone.serving.model.Catalogue;
import ai.exaone.serving.model.Model;
import ai.exaone.serving.model.ModelStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings in what the platform itself asks for: the catalogue's models, and the deployments of the settings, in the place of those
 * that earlier settings asked for. What an admin has changed since stays. Tries until it is done.
 */
public final class SettingsInstaller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsInstaller.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String SUBJECTS = "deployment/";

    private final Catalogue catalogue;
    private final ModelStore models;
    private final DeploymentStore deployments;
    private final WantedDeployments wanted;
    private final Runnable changed;
    private final Thread worker;

    /**
     * @param changed told when something was brought in or removed
     */
    public SettingsInstaller(
            Catalogue catalogue,
            ModelStore models,
            DeploymentStore deployments,
            WantedDeployments wanted,
            Runnable changed) {
        this.catalogue = catalogue;
        this.models = models;
        this.deployments = deployments;
        this.wanted = wanted;
        this.changed = changed;
        this.worker = Thread.ofVirtual().name("settings-installer").unstarted(this::work);
    }

    public void start() {
        worker.start();
    }

    private void work() {
        String lastFailure = "";
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    install();
                    return;
                } catch (IOException | RuntimeException failure) {
                    if (!lastFailure.equals(failure.getMessage())) {
                        LOG.warn("What the settings ask for is not there yet; trying again: {}", failure.getMessage());
                        LOG.debug("Its cause", failure);
                    }
                    lastFailure = String.valueOf(failure.getMessage());
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void install() throws IOException, InterruptedException {
        List<Model> known = catalogue.models();
        known.forEach(models::install);
        Set<String> knownNames = known.stream().map(Model::name).collect(Collectors.toSet());
        List<WantedDeployments.Wanted> all = wanted.all();
        boolean removed = deployments.uninstallExcept(
                SUBJECTS, all.stream().map(each -> SUBJECTS + each.subject()).toList());
        boolean brought = false;
        for (WantedDeployments.Wanted each : all) {
            // What the catalogue says of a model, its licence above all, is better than what a file or a server says.
            each.model().filter(model -> !knownNames.contains(model.name())).ifPresent(models::install);
            Deployment deployment = each.deployment();
            if (deployments.install(SUBJECTS + each.subject(), deployment)) {
                LOG.info("Deployed {} as the settings ask", deployment.model());
                brought = true;
            }
        }
        if (removed || brought) {
            changed.run();
        }
    }

    @Override
    public void close() {
        worker.interrupt();
    }
}
