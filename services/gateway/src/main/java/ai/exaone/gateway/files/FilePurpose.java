package ai.exaone.gateway.files;

import java.util.Locale;
import java.util.Optional;

/** What a file is for. Names are stored, and in lower case they are OpenAI's. */
public enum FilePurpose {
    /** The input of batches. */
    BATCH,
    /** The results of a batch: made by the platform alone. */
    BATCH_OUTPUT;

    /** As callers write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The purpose that a caller names. */
    public static Optional<FilePurpose> of(String text) {
        for (FilePurpose purpose : values()) {
            if (purpose.text().equals(text)) {
                return Optional.of(purpose);
            }
        }
        return Optional.empty();
    }
}
