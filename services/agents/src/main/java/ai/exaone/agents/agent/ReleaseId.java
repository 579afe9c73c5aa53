package ai.exaone.agents.agent;

/**
 * Names a release.
 *
 * @param value {@code rel_…}
 */
public record ReleaseId(String value) {
    public ReleaseId {
        if (!value.startsWith("rel_")) {
            throw new IllegalArgumentException("Not the id of a release: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
