package ai.exaone.serving.model;

import ai.exaone.ids.IdGenerator;
import ai.exaone.serving.YamlResource;
import ai.exaone.serving.engine.ThinkingDefault;
import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The models that travel with the platform's own catalogue, as data. */
public final class Catalogue {
    private final IdGenerator ids;
    private final Clock clock;

    public Catalogue(IdGenerator ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** Its models, each with a new id: those that a store has already keep theirs. */
    public List<Model> models() {
        return YamlResource.read(Catalogue.class, "catalogue.yml", new TypeReference<List<Entry>>() {}).stream()
                .map(this::model)
                .toList();
    }

    private Model model(Entry entry) {
        return new Model(
                new ModelId(ids.next(ModelId.PREFIX)),
                entry.name,
                entry.capabilities,
                new Model.About(
                        entry.displayName,
                        entry.description.strip(),
                        entry.contextTokens,
                        entry.defaultOutputTokens,
                        entry.licence,
                        List.of()),
                entry.builtIn,
                Optional.ofNullable(entry.thinking),
                true,
                clock.instant());
    }

    private record Entry(
            String name,
            String displayName,
            String description,
            Set<ModelCapability> capabilities,
            int contextTokens,
            int defaultOutputTokens,
            String licence,
            boolean builtIn,
            @Nullable ThinkingDefault thinking) {}
}
