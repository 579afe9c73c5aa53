package ai.exaone.gateway.openai.tools;

/** Which tools the model is to call. */
sealed interface ToolChoice {
    /** Any, or none. */
    record Auto() implements ToolChoice {}

    /** At least one. */
    record Required() implements ToolChoice {}

    /** This one. */
    record Named(String tool) implements ToolChoice {}

    /** None. */
    record None() implements ToolChoice {}
}
