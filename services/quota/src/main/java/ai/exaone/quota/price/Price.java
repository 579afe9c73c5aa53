package ai.exaone.quota.price;

import java.time.Instant;

/**
 * What a model costs from a moment on, until a later price takes its place.
 *
 * @param priceId {@code prc_…}
 * @param model the model's public name
 * @param effectiveAt from when on, inclusive
 * @param createdBy the subject who set it
 */
public record Price(
        String priceId, String model, Rates rates, Instant effectiveAt, String createdBy, Instant createdAt) {
    public Price {
        if (model.isBlank() || !model.equals(model.strip())) {
            throw new IllegalArgumentException("A model's name has no space around it");
        }
    }
}
