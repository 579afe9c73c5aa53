package ai.exaone.serving.deployment;

/** Identifier of a deployment, {@code dep_…}. */
public record DeploymentId(String value) {
    /** What such ids begin with. */
    public static final String PREFIX = "dep";

    @Override
    public String toString() {
        return value;
    }
}
