package ai.exaone.errors;

/**
 * One field that breaks a rule.
 *
 * @param field path of the field in the request, as the caller wrote it: {@code limits[0].requests_per_minute}
 * @param description what is wrong, in a sentence fit for the caller
 */
public record FieldViolation(String field, String description) {
    public FieldViolation {
        if (description.isBlank()) {
            throw new IllegalArgumentException("A violation says what is wrong");
        }
    }
}
