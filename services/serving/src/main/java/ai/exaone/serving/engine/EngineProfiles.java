package ai.exaone.serving.engine;

import ai.exaone.serving.YamlResource;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** The engine profiles of this installation, by name. Immutable. */
public final class EngineProfiles {
    private final SequencedMap<String, EngineProfile> byName = new TreeMap<>();

    private EngineProfiles(List<EngineProfile> profiles) {
        for (EngineProfile profile : profiles) {
            if (byName.put(profile.name(), profile) != null) {
                throw new IllegalArgumentException("Two engine profiles are named " + profile.name());
            }
        }
    }

    /** Those that travel with the platform. */
    public static EngineProfiles builtIn() {
        return new EngineProfiles(
                YamlResource.read(EngineProfiles.class, "profiles.yml", new TypeReference<List<EngineProfile>>() {}));
    }

    public Optional<EngineProfile> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * A profile that a stored deployment names.
     *
     * @throws IllegalStateException if it is gone: the deployment was made by another release
     */
    public EngineProfile require(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("There is no engine profile " + name));
    }

    /** All, by name. */
    public Collection<EngineProfile> all() {
        return List.copyOf(byName.values());
    }
}
