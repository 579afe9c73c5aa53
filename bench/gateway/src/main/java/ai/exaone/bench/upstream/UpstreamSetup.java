package ai.exaone.bench.upstream;

import java.util.List;
import java.util.Optional;

/** What all connections of one upstream share. Thread-safe. */
final class UpstreamSetup {
    private final Optional<String> key;
    private final List<String> models;
    private final Counters counters = new Counters();
    private volatile Script byDefault = Script.PLAIN;

    /** @param key that callers must present as a bearer; empty for none */
    UpstreamSetup(Optional<String> key, List<String> models) {
        this.key = key.map(value -> "Bearer " + value);
        this.models = List.copyOf(models);
    }

    Optional<String> key() {
        return key;
    }

    List<String> models() {
        return models;
    }

    Counters counters() {
        return counters;
    }

    Script byDefault() {
        return byDefault;
    }

    void setDefault(Script script) {
        byDefault = script;
    }
}
