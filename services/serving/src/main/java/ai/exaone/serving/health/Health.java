package ai.exaone.serving.health;

/** What one look at an engine showed. */
public sealed interface Health {
    /** It answers as a healthy engine does. */
    record Healthy() implements Health {}

    /** It says, or shows beyond doubt, that it cannot answer. */
    record Unhealthy(String reason) implements Health {}

    /** It said nothing in time: it may be busy. */
    record Silent(String reason) implements Health {}
}
