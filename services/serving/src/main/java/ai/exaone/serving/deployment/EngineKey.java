package ai.exaone.serving.deployment;

/** The bearer key that an engine asks for. Never printed. */
public record EngineKey(String value) {
    public EngineKey {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("An engine's key is not empty");
        }
    }

    @Override
    public String toString() {
        return "EngineKey[***]";
    }
}
