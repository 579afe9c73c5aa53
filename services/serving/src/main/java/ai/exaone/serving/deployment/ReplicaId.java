package ai.exaone.serving.deployment;

/** Identifier of one engine from its start to its end, {@code rpl_…}. */
public record ReplicaId(String value) {
    /** What such ids begin with. */
    public static final String PREFIX = "rpl";

    @Override
    public String toString() {
        return value;
    }
}
