package ai.exaone.identity.id;

/** Names a project: {@code prj_…}. */
public record ProjectId(String value) {
    public static final String PREFIX = "prj";

    public ProjectId {
        ResourceId.require(PREFIX, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
