package ai.exaone.serving.model;

/** Identifier of a model, {@code mdl_…}. */
public record ModelId(String value) {
    /** What such ids begin with. */
    public static final String PREFIX = "mdl";

    @Override
    public String toString() {
        return value;
    }
}
