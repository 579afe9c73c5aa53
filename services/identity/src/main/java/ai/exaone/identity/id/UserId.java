package ai.exaone.identity.id;

/** Names a person, or the account of a program: {@code usr_…}. */
public record UserId(String value) {
    public static final String PREFIX = "usr";

    public UserId {
        ResourceId.require(PREFIX, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
