package ai.exaone.quota.limit;

import ai.exaone.store.crypto.Sha256;
import java.util.List;

/** How models that share a limit are kept in its row: one a line, none where it is on one model or on all. */
final class StoredModels {
    private static final String SEPARATOR = "\n";

    private StoredModels() {}

    static String of(Models models) {
        return models.isGroup() ? String.join(SEPARATOR, models.names()) : "";
    }

    /** Tells groups apart in a key, which is too short for their names. */
    static String digest(Models models) {
        return models.isGroup() ? Sha256.hex(of(models)) : "";
    }

    /**
     * @param model empty for several, and for all
     * @param several empty for one, and for all
     */
    static Models read(String model, String several) {
        return several.isEmpty() ? Models.of(model) : new Models(List.of(several.split(SEPARATOR)));
    }
}
