package ai.exaone.serving.model;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The catalogue. Thread-safe. */
public final class Models {
    /** Names that begin so are those of agents. */
    public static final String AGENT_PREFIX = "agent/";

    private final ModelStore store;
    private final IdGenerator ids;
    private final Clock clock;
    private final Runnable changed;

    /**
     * @param changed told after every change, so that the routes follow at once
     */
    public Models(ModelStore store, IdGenerator ids, Clock clock, Runnable changed) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
        this.changed = changed;
    }

    /**
     * Adds a model.
     *
     * @throws PlatformException INVALID_REQUEST, MODEL_NAME_TAKEN, REQUEST_ID_REUSED
     */
    public Model create(
            String name, Set<ModelCapability> capabilities, Model.About about, Optional<CreationRequest> request) {
        if (name.isEmpty()) {
            throw invalid("model.name", "is missing");
        }
        if (name.startsWith(AGENT_PREFIX)) {
            throw invalid("model.name", "begins with agent/, which is for agents");
        }
        if (capabilities.isEmpty()) {
            throw invalid("model.capabilities", "names nothing that the model can do");
        }
        Model made = store.insert(
                new Model(
                        new ModelId(ids.next(ModelId.PREFIX)),
                        name,
                        capabilities,
                        checked(about),
                        false,
                        Optional.empty(),
                        false,
                        clock.instant()),
                request);
        changed.run();
        return made;
    }

    /** One model.
     *
     * @throws PlatformException MODEL_NOT_FOUND
     */
    public Model get(ModelId id) {
        return store.find(id)
                .orElseThrow(() -> new PlatformException(ModelError.MODEL_NOT_FOUND, "There is no such model."));
    }

    /** All models, by name. */
    public Page<Model> list(PageRequest page) {
        return store.list(page);
    }

    /**
     * Changes what is said of a model, and who sees it.
     *
     * @throws PlatformException INVALID_REQUEST, MODEL_NOT_FOUND
     */
    public Model update(ModelId id, UnaryOperator<Model.About> change) {
        Model after = store.update(id, model -> model.changed(checked(change.apply(model.about()))));
        changed.run();
        return after;
    }

    /**
     * Removes a model.
     *
     * @throws PlatformException MODEL_NOT_FOUND, MODEL_DEPLOYED
     */
    public void delete(ModelId id) {
        store.delete(id);
        changed.run();
    }

    private static Model.About checked(Model.About about) {
        if (about.contextTokens() > 0 && about.defaultOutputTokens() > about.contextTokens()) {
            throw invalid("model.default_output_tokens", "is more than the model's context");
        }
        return about;
    }

    private static PlatformException invalid(String field, String description) {
        return PlatformException.because(PlatformError.INVALID_REQUEST, "The model cannot be as requested.")
                .violation(field, description)
                .build();
    }
}
