package ai.exaone.gateway.openai;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** What can be wrong with a request on {@code /v1}. Where a field is at fault, the failure's first violation names it. */
public enum OpenAiReason implements ErrorReason {
    /** The body is not one JSON object, names a field twice, or nests too deeply. */
    REQUEST_NOT_JSON(ErrorCategory.INVALID_ARGUMENT),
    /** A field has a value of the wrong type. */
    PARAMETER_TYPE(ErrorCategory.INVALID_ARGUMENT),
    /** A field has the right type and a value that is not allowed. */
    PARAMETER_VALUE(ErrorCategory.INVALID_ARGUMENT),
    /** A required field is missing. */
    PARAMETER_MISSING(ErrorCategory.INVALID_ARGUMENT),
    /** The field is the platform's to set. */
    PARAMETER_RESERVED(ErrorCategory.INVALID_ARGUMENT),
    /** The field is OpenAI's, and cannot be used here. */
    PARAMETER_UNSUPPORTED(ErrorCategory.INVALID_ARGUMENT),
    /** The body is longer than the installation takes. */
    REQUEST_TOO_LARGE(ErrorCategory.INVALID_ARGUMENT),
    /** There is no such path. */
    PATH_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** The path exists, and not for this method. */
    METHOD_NOT_ALLOWED(ErrorCategory.INVALID_ARGUMENT);

    private final ErrorCategory category;

    OpenAiReason(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
