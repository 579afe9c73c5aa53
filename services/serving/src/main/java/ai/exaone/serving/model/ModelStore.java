package ai.exaone.serving.model;

import ai.exaone.errors.PlatformException;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps the catalogue. Every change by a caller is told to the audit log in the same transaction. Thread-safe.
 */
public interface ModelStore {
    /**
     * Stores a new model; a repeated request returns the model that it made before, as it is now.
     *
     * @throws PlatformException MODEL_NAME_TAKEN, REQUEST_ID_REUSED; MODEL_NOT_FOUND if what the request made is gone again
     */
    Model insert(Model model, Optional<CreationRequest> request);

    Optional<Model> find(ModelId id);

    Optional<Model> findByName(String name);

    /** All models, by name. */
    Page<Model> list(PageRequest page);

    /** All models, by name. */
    List<Model> all();

    /**
     * Replaces a model by what the change makes of it.
     *
     * @param change pure: it may be applied again
     * @throws PlatformException MODEL_NOT_FOUND
     */
    Model update(ModelId id, UnaryOperator<Model> change);

    /**
     * Removes a model.
     *
     * @throws PlatformException MODEL_NOT_FOUND, MODEL_DEPLOYED
     */
    void delete(ModelId id);

    /**
     * Brings one entry of the platform's own catalogue in: once, and again when the platform has another for that name. Leaves
     * alone what an admin has changed, removed, or added under the same name. No caller acts, so nothing is audited.
     *
     * @return whether anything was stored
     */
    boolean install(Model entry);
}
