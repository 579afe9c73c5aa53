package ai.exaone.identity.id;

/** Names an invitation: {@code inv_…}. */
public record InvitationId(String value) {
    public static final String PREFIX = "inv";

    public InvitationId {
        ResourceId.require(PREFIX, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
