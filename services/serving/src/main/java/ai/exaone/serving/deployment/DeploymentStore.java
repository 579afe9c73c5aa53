package ai.exaone.serving.deployment;

import ai.exaone.errors.PlatformException;
import ai.exaone.store.creation.CreationRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps what is asked for. Every change by a caller is told to the audit log in the same transaction. Thread-safe. */
public interface DeploymentStore {
    /**
     * Stores a new deployment; a repeated request returns the deployment that it made before, as it is now.
     *
     * @throws PlatformException REQUEST_ID_REUSED, MODEL_NOT_FOUND, DEPLOYMENT_PROFILE_DIFFERS; DEPLOYMENT_NOT_FOUND if what the
     *     request made is gone again
     */
    Deployment insert(Deployment deployment, Optional<CreationRequest> request);

    Optional<Deployment> find(DeploymentId id);

    /** All deployments, by model and then by id. */
    List<Deployment> all();

    /**
     * Replaces a deployment by what the change makes of it.
     *
     * @param action as the audit log calls it, for example {@code deployment.stop}
     * @param change pure: it may be applied again
     * @throws PlatformException DEPLOYMENT_NOT_FOUND
     */
    Deployment update(DeploymentId id, String action, UnaryOperator<Deployment> change);

    /**
     * Removes a stopped deployment.
     *
     * @throws PlatformException DEPLOYMENT_NOT_FOUND, DEPLOYMENT_RUNNING
     */
    void delete(DeploymentId id);

    /**
     * Brings in one deployment that the platform's own settings ask for: once for each content, in the place of the one that they
     * asked for before. Leaves alone what an admin did to it since; one whose model an admin removed does not come back. No caller
     * acts, so nothing is audited.
     *
     * @param subject what it is, for example {@code deployment/chat/MODEL}
     * @return whether anything was stored
     */
    boolean install(String subject, Deployment deployment);

    /**
     * Removes what was brought in under subjects that begin so, but for some.
     *
     * @param keep whole subjects
     * @return whether anything was removed
     */
    boolean uninstallExcept(String prefix, List<String> keep);
}
